import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
let client: Connection;
const lead = { LastName: 'Ada', Company: 'Acme' };
const create = async (object: string, row: object) => (await client.sobject(object).create(row)).id!;

beforeAll(async () => {
  running = await start();
  client = running.client;
});
afterAll(() => running.stop());

describe('one record', () => {
  test('is created with its defaults, changed, read and deleted', async () => {
    const id = await create('Lead', { ...lead, Email: ' ada@acme.example ', FirstName: '' });
    expect(id).toMatch(/^00Q\w{15}$/);
    await client.sobject('Lead').update({ Id: id, Title: 'CTO' });
    const read = await client.sobject('Lead').retrieve(id);
    expect(read).toMatchObject({
      attributes: { type: 'Lead', url: `/services/data/v66.0/sobjects/Lead/${id}` },
      Name: 'Ada',
      FirstName: null,
      Email: 'ada@acme.example',
      Title: 'CTO',
      Status: 'Open - Not Contacted',
      IsConverted: false,
      OwnerId: running.org.user('admin@local-org.example')!.id,
    });
    expect(read['CreatedDate']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
    await client.sobject('Lead').destroy(id);
    expect(await refusal(client.sobject('Lead').destroy(id))).toEqual(['ENTITY_IS_DELETED', 'entity is deleted']);
    expect((await refusal(client.sobject('Lead').retrieve(id)))[0]).toBe('ENTITY_IS_DELETED');
    const soql = `SELECT IsDeleted FROM Lead WHERE Id = '${id}'`;
    expect((await client.query(soql)).totalSize).toBe(0);
    expect((await client.query(soql, { scanAll: true })).records).toMatchObject([{ IsDeleted: true }]);
  });

  test('is found by its 15-character ID, and in the wrong case by its checksum', async () => {
    const id = await create('Lead', lead);
    for (const spelled of [id.slice(0, 15), id.toLowerCase()])
      expect(await client.sobject('Lead').retrieve(spelled)).toMatchObject({ Id: id });
  });

  test('takes the values of the fields that follow another', async () => {
    const id = await create('Opportunity', {
      Name: 'O',
      StageName: 'Prospecting',
      CloseDate: '2026-12-01',
      Amount: 50,
    });
    expect(await client.sobject('Opportunity').retrieve(id)).toMatchObject({
      Probability: 10,
      ExpectedRevenue: 5,
      IsClosed: false,
    });
    await client.sobject('Opportunity').update({ Id: id, Probability: 35 });
    await client.sobject('Opportunity').update({ Id: id, Amount: 100 });
    expect(await client.sobject('Opportunity').retrieve(id)).toMatchObject({ Probability: 35, ExpectedRevenue: 35 });
    await client.sobject('Opportunity').update({ Id: id, StageName: 'Closed Won' });
    expect(await client.sobject('Opportunity').retrieve(id)).toMatchObject({
      Probability: 100,
      IsWon: true,
      FiscalQuarter: 4,
    });
  });
});

describe('refused with Salesforce’s code', () => {
  const cases: [string, string, object, string, string[]][] = [
    ['a missing required field', 'Lead', { FirstName: 'A' }, 'REQUIRED_FIELD_MISSING', ['LastName', 'Company']],
    ['a text that is too long', 'Lead', { ...lead, LastName: 'x'.repeat(81) }, 'STRING_TOO_LONG', ['LastName']],
    ['an unknown field', 'Lead', { ...lead, Foo__c: 1 }, 'INVALID_FIELD', []],
    ['a computed field', 'Lead', { ...lead, Name: 'x' }, 'INVALID_FIELD_FOR_INSERT_UPDATE', ['Name']],
    [
      'a system field',
      'Lead',
      { ...lead, CreatedDate: '2026-01-01T00:00:00Z' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      ['CreatedDate'],
    ],
    ['a wrong email address', 'Lead', { ...lead, Email: 'nobody' }, 'INVALID_EMAIL_ADDRESS', ['Email']],
    ['a text for a number', 'Lead', { ...lead, AnnualRevenue: 'much' }, 'JSON_PARSER_ERROR', ['AnnualRevenue']],
    [
      'a number that is too large',
      'Lead',
      { ...lead, Lead_Score__c: 1e18 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      ['Lead_Score__c'],
    ],
    ['a date that is none', 'Contact', { LastName: 'x', Birthdate: '2026-02-30' }, 'JSON_PARSER_ERROR', ['Birthdate']],
    [
      'a value outside a restricted picklist',
      'Scoring_Job__c',
      { Kind__c: 'Nap' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      ['Kind__c'],
    ],
    ['an ID that is none', 'Contact', { LastName: 'x', AccountId: 'abc' }, 'MALFORMED_ID', ['AccountId']],
    [
      'an ID of another object',
      'Contact',
      { LastName: 'x', AccountId: '00Q000000000001EAA' },
      'MALFORMED_ID',
      ['AccountId'],
    ],
    [
      'an ID of no record',
      'Contact',
      { LastName: 'x', AccountId: '001000000000999AAA' },
      'INVALID_CROSS_REFERENCE_KEY',
      ['AccountId'],
    ],
    ['an ID in the row', 'Lead', { ...lead, id: '00Q000000000001EAA' }, 'INVALID_FIELD', ['Id']],
  ];
  test.each(cases)('%s', async (_, object, row, code, fields) => {
    const [errorCode, , named] = await refusal(client.requestPost(`/services/data/v66.0/sobjects/${object}`, row));
    expect([errorCode, named ?? []]).toEqual([code, fields]);
  });

  test('a second record with the same unique value, in any case', async () => {
    const job = { Record_Id__c: '00Q000000000001EAA' };
    const id = await create('Score__c', { ...job, External_Id__c: 'Größe' });
    const [code, message] = await refusal(
      client.sobject('Score__c').create({ ...job, External_Id__c: 'GRÖSSE'.replace('SS', 'ß') }),
    );
    expect(code).toBe('DUPLICATE_VALUE');
    expect(message).toContain(id);
    await client.sobject('Score__c').destroy(id);
    await create('Score__c', { ...job, External_Id__c: 'größe' });
  });

  test('a change of a record that is not there, and of one in the recycle bin', async () => {
    expect((await refusal(client.sobject('Lead').update({ Id: '00Q000000009999EAA', Title: 'x' })))[0]).toBe(
      'NOT_FOUND',
    );
    const id = await create('Lead', lead);
    await client.sobject('Lead').destroy(id);
    expect((await refusal(client.sobject('Lead').update({ Id: id, Title: 'x' })))[0]).toBe('ENTITY_IS_DELETED');
    expect((await refusal(client.sobject('Task').create({ WhoId: id })))[0]).toBe('ENTITY_IS_DELETED');
  });

  test('broken JSON, an unknown object, a call without a session', async () => {
    const headers = { authorization: `Bearer ${client.accessToken!}`, 'content-type': 'application/json' };
    const call = (path: string, init: RequestInit) => fetch(`${running.url}/services/data/v66.0${path}`, init);
    const broken = await call('/sobjects/Lead', { method: 'POST', headers, body: '{' });
    expect([broken.status, await broken.json()]).toMatchObject([400, [{ errorCode: 'JSON_PARSER_ERROR' }]]);
    const unknown = await call('/sobjects/Nothing__c', { method: 'POST', headers, body: '{}' });
    expect([unknown.status, await unknown.json()]).toMatchObject([404, [{ errorCode: 'NOT_FOUND' }]]);
    const stranger = await call('/limits', {});
    expect([stranger.status, await stranger.json()]).toMatchObject([401, [{ errorCode: 'INVALID_SESSION_ID' }]]);
  });
});

describe('deletion', () => {
  test('takes details along, empties lookups, and is refused by restricting ones', async () => {
    const account = await create('Account', { Name: 'A' });
    const contact = await create('Contact', { LastName: 'C', AccountId: account });
    const model = await create('Scoring_Model__c', {
      Name: 'M',
      External_Id__c: 'del',
      Object__c: 'Contact',
      Status__c: 'Active',
    });
    const score = await create('Score__c', {
      External_Id__c: 'del',
      Record_Id__c: contact,
      Contact__c: contact,
      Model__c: model,
    });
    const change = await create('Score_Change__c', {
      Score__c: score,
      External_Id__c: 'del',
      Changed_At__c: '2026-01-01T00:00:00Z',
    });
    const supportCase = await create('Case', { AccountId: account, Subject: 'S' });

    expect((await refusal(client.sobject('Account').destroy(account)))[0]).toBe('DELETE_FAILED');
    expect(await client.sobject('Contact').retrieve(contact)).toMatchObject({ AccountId: account });
    const campaign = await create('Campaign', { Name: 'C' });
    const member = await create('CampaignMember', { CampaignId: campaign, ContactId: contact });
    await client.sobject('Case').update({ Id: supportCase, ContactId: contact });
    expect((await refusal(client.sobject('Contact').destroy(contact)))[0]).toBe('DELETE_FAILED');
    expect(await client.sobject('CampaignMember').retrieve(member)).toMatchObject({
      ContactId: contact,
      LastName: 'C',
    });
    await client.sobject('Case').destroy(supportCase);
    await client.sobject('Account').destroy(account);
    expect((await refusal(client.sobject('Contact').retrieve(contact)))[0]).toBe('ENTITY_IS_DELETED');
    expect(await client.sobject('Score__c').retrieve(score)).toMatchObject({ Contact__c: null, Model__c: model });
    await client.sobject('Score__c').destroy(score);
    expect((await refusal(client.sobject('Score_Change__c').retrieve(change)))[0]).toBe('ENTITY_IS_DELETED');
  });
});

describe('by external ID', () => {
  const path = '/services/data/v66.0/sobjects/Score__c/External_Id__c/k1';

  test('creates with 201, changes with 200, reads and deletes', async () => {
    const first = await client
      .sobject('Score__c')
      .upsert({ External_Id__c: 'k1', Record_Id__c: 'r' }, 'External_Id__c');
    const second = await client.sobject('Score__c').upsert({ External_Id__c: 'K1', Value__c: 2.345 }, 'External_Id__c');
    expect([first, second]).toMatchObject([{ created: true }, { created: false, id: first.id }]);
    expect(await client.request(path)).toMatchObject({ Id: first.id, Value__c: 2.35 });
    await client.requestDelete(path);
    expect((await refusal(client.request(path)))[0]).toBe('NOT_FOUND');
  });

  test('a parent is named by its external ID', async () => {
    const Model__c = await create('Scoring_Model__c', {
      Name: 'P',
      External_Id__c: 'parent',
      Object__c: 'Lead',
      Status__c: 'Draft',
    });
    const row = { External_Id__c: 'child', Record_Id__c: 'r', Model__r: { External_Id__c: 'parent' } };
    const { id } = await client.sobject('Score__c').upsert(row, 'External_Id__c');
    expect(await client.sobject('Score__c').retrieve(id!)).toMatchObject({ Model__c });
    const orphan = { ...row, External_Id__c: 'orphan', Model__r: { External_Id__c: 'nobody' } };
    expect(await refusal(client.sobject('Score__c').upsert(orphan, 'External_Id__c'))).toEqual([
      'INVALID_FIELD',
      'Foreign key external ID: nobody not found for field External_Id__c in entity Scoring_Model__c',
    ]);
  });
});

test('a platform event is published after commit and cannot be queried', async () => {
  const published: unknown[] = [];
  running.org.events.on('publish', (event) => published.push(event));
  const event = { Record_Id__c: '00Q000000000001EAA', From__c: 'Warm', To__c: 'Hot' };
  expect(await client.sobject('Rating_Changed__e').create(event)).toMatchObject({
    success: true,
    errors: [{ statusCode: 'OPERATION_ENQUEUED' }],
  });
  expect(published).toMatchObject([{ object: 'Rating_Changed__e', replayId: expect.any(Number), fields: event }]);
  expect((await refusal(client.query('SELECT Id FROM Rating_Changed__e')))[0]).toBe('INVALID_TYPE');

  const admin = running.org.user('admin@local-org.example')!;
  const undone = () =>
    running.org.transaction(() => {
      running.org.insert(admin, 'Rating_Changed__e', [event]);
      throw new Error('undone');
    });
  expect(undone).toThrow('undone');
  await create('Lead', lead);
  expect(published).toHaveLength(1);
});

describe('describe', () => {
  test('in Salesforce’s shape', async () => {
    const { fields, childRelationships, keyPrefix } = await client.sobject('Score__c').describe();
    const field = (name: string) => fields.find((each) => each.name === name);
    expect(keyPrefix).toMatch(/^a0/);
    expect(field('External_Id__c')).toMatchObject({
      type: 'string',
      length: 80,
      externalId: true,
      unique: true,
      nillable: false,
      idLookup: true,
    });
    expect(field('Lead__c')).toMatchObject({
      type: 'reference',
      referenceTo: ['Lead'],
      relationshipName: 'Lead__r',
      nillable: true,
    });
    expect(field('Name')).toMatchObject({ autoNumber: true, createable: false, nameField: true });
    expect(field('Value__c')).toMatchObject({ type: 'double', precision: 18, scale: 2, soapType: 'xsd:double' });
    expect(childRelationships).toMatchObject([
      { childSObject: 'Score_Change__c', field: 'Score__c', cascadeDelete: true },
    ]);
    const { sobjects } = await client.describeGlobal();
    expect(sobjects.find(({ name }) => name === 'Rating_Changed__e')).toMatchObject({
      queryable: false,
      createable: true,
    });
  });

  test('agrees with what the org accepts: every createable field of Lead can be written with a value of its type', async () => {
    const values: Record<string, unknown> = {
      boolean: true,
      int: 1,
      double: 1,
      currency: 1,
      date: '2026-01-02',
      datetime: '2026-01-02T03:04:05Z',
      email: 'a@b.example',
    };
    const { fields } = await client.sobject('Lead').describe();
    const writable = fields.filter(({ createable, type }) => createable && type !== 'reference');
    const row = Object.fromEntries(
      writable.map(({ name, type, picklistValues }) => [
        name,
        values[type] ?? (picklistValues?.[0] as { value: string } | undefined)?.value ?? 'x',
      ]),
    );
    const id = await create('Lead', row);
    const read = await client.sobject('Lead').retrieve(id);
    for (const { name } of writable) expect([name, read[name]]).not.toEqual([name, null]);
  });
});
