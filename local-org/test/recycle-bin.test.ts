import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RecordChange } from '../src/org.ts';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;

beforeAll(async () => {
  running = await start();
});
afterAll(() => running.stop());

const client = () => running.client;
const insert = async (object: string, row: Record<string, unknown>): Promise<string> =>
  (await client().create(object, row)).id!;
const count = async (soql: string, scanAll = false) => (await client().query(soql, { scanAll })).totalSize;
const errorsOf = (results: unknown) =>
  (results as { errors: { statusCode: string; message: string }[] }[]).map(({ errors }) =>
    errors.map(({ statusCode, message }) => `${statusCode}: ${message}`),
  );

describe('undelete', () => {
  test('brings a record back with what was deleted with it, and the lookups that were cleared', async () => {
    const account = await insert('Account', { Name: 'Acme' });
    const contact = await insert('Contact', { LastName: 'Ada', AccountId: account });
    const task = await insert('Task', { Subject: 'Call', WhoId: contact });
    const campaign = await insert('Campaign', { Name: 'Spring' });
    const opportunity = await insert('Opportunity', {
      Name: 'Deal',
      StageName: 'Prospecting',
      CloseDate: '2026-12-31',
      CampaignId: campaign,
    });
    await client().sobject('Account').destroy(account);
    await client().sobject('Campaign').destroy(campaign);
    expect(await count(`SELECT Id FROM Contact WHERE Id = '${contact}'`)).toBe(0);
    expect(await count(`SELECT Id FROM Task WHERE Id = '${task}' AND IsDeleted = true`, true)).toBe(1);
    expect((await client().sobject('Opportunity').retrieve(opportunity))['CampaignId']).toBeNull();

    const changes: RecordChange[] = [];
    running.org.events.on('change', (change) => changes.push(change));
    expect(await client().soap.undelete([account, campaign])).toMatchObject([
      { id: account, success: true },
      { id: campaign, success: true },
    ]);
    running.org.events.removeAllListeners('change');
    expect(changes.map(({ id, type }) => [id, type])).toEqual([
      [account, 'undeleted'],
      [campaign, 'undeleted'],
    ]);
    expect(await client().sobject('Contact').retrieve(contact)).toMatchObject({ AccountId: account, IsDeleted: false });
    expect(await client().sobject('Task').retrieve(task)).toMatchObject({ WhoId: contact });
    expect(await client().sobject('Opportunity').retrieve(opportunity)).toMatchObject({ CampaignId: campaign });
  });

  test('a lookup that was set anew stays as it is', async () => {
    const [first, second] = [await insert('Campaign', { Name: 'A' }), await insert('Campaign', { Name: 'B' })];
    const deal = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31', CampaignId: first };
    const Id = await insert('Opportunity', deal);
    await client().sobject('Campaign').destroy(first);
    await client().sobject('Opportunity').update({ Id, CampaignId: second });
    await client().soap.undelete([first]);
    expect(await client().sobject('Opportunity').retrieve(Id)).toMatchObject({ CampaignId: second });
  });

  test('what is not in the bin by itself is refused', async () => {
    const account = await insert('Account', { Name: 'Acme' });
    const contact = await insert('Contact', { LastName: 'Ada', AccountId: account });
    await client().sobject('Account').destroy(account);
    const results = await client().soap.undelete([
      contact,
      '001000000000999',
      running.org.user('robin.reed@local-org.example')!.id,
    ]);
    expect(errorsOf(results)).toEqual([
      ['UNDELETE_FAILED: Entity is not in the recycle bin'],
      ['INVALID_CROSS_REFERENCE_KEY: invalid cross reference id'],
      ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: Entity type is not undeletable'],
    ]);
    expect(errorsOf(await client().soap.undelete([account]))).toEqual([[]]);
    expect(errorsOf(await client().soap.undelete([account]))).toEqual([
      ['UNDELETE_FAILED: Entity is not in the recycle bin'],
    ]);
  });

  test('a unique value that was taken meanwhile forbids it', async () => {
    const key = { External_Id__c: 'taken', Type__c: 'Email Open', Occurred_At__c: '2026-11-21T10:00:00Z' };
    const first = await insert('Engagement__c', key);
    await client().sobject('Engagement__c').destroy(first);
    const second = await client().sobject('Engagement__c').upsert(key, 'External_Id__c');
    expect(second).toMatchObject({ created: true });
    const [result] = errorsOf(await client().soap.undelete([first]));
    expect(result![0]).toMatch(/^DUPLICATE_VALUE: duplicate value found: External_Id__c duplicates value on record/);
    expect(await count(`SELECT Id FROM Engagement__c WHERE External_Id__c = 'taken'`)).toBe(1);
  });
});

test('an emptied bin gives nothing back', async () => {
  const account = await insert('Account', { Name: 'Acme' });
  await client().sobject('Account').destroy(account);
  expect(await client().soap.emptyRecycleBin([account])).toMatchObject([{ id: account, success: true }]);
  expect(errorsOf(await client().soap.undelete([account]))).toEqual([
    ['UNDELETE_FAILED: Entity is not in the recycle bin'],
  ]);
});

test('a deleted record answers 404 with ENTITY_IS_DELETED to reading, changing and deleting', async () => {
  const Id = await insert('Account', { Name: 'Gone' });
  await client().sobject('Account').destroy(Id);
  for (const call of [
    () => client().sobject('Account').retrieve(Id),
    () => client().sobject('Account').update({ Id, Name: 'Back' }),
    () => client().sobject('Account').destroy(Id),
  ])
    expect(await refusal(call())).toEqual(['ENTITY_IS_DELETED', 'entity is deleted']);
});

test('SOAP creates, changes and deletes records, with nulls by name and all or none on request', async () => {
  const [created] = await client().soap.create([{ type: 'Lead', LastName: 'Ada', Company: 'A & B', City: 'Oslo' }]);
  expect(created).toMatchObject({ success: true });
  const Id = created!.id!;
  await client().soap.update({ type: 'Lead', Id, City: null, AnnualRevenue: 12 });
  expect(await client().sobject('Lead').retrieve(Id)).toMatchObject({
    Company: 'A & B',
    City: null,
    AnnualRevenue: 12,
  });
  expect(await client().soap.update({ type: 'Lead', Id, LastName: null })).toMatchObject({
    success: false,
    errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] }],
  });
  expect(await client().soap.delete(Id)).toMatchObject({ id: Id, success: true });
});

test('a session that is none is refused, and a call that is not there is named', async () => {
  const post = (body: string) =>
    fetch(`${running.url}/services/Soap/u/66.0`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: `<Envelope><Header><SessionHeader><sessionId>${client().accessToken!}</sessionId></SessionHeader></Header><Body>${body}</Body></Envelope>`,
    });
  const unknown = await post('<sendEmail/>');
  expect([unknown.status, await unknown.text()]).toEqual([501, expect.stringContaining('the SOAP call sendEmail')]);
  const stranger = await fetch(`${running.url}/services/Soap/u/66.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: `<Envelope><Body><undelete></undelete></Body></Envelope>`,
  });
  expect(await stranger.text()).toContain('<faultcode>sf:INVALID_SESSION_ID</faultcode>');
  expect(await client().soap.getUserInfo()).toMatchObject({ organizationId: running.org.id, userTimeZone: 'GMT' });
  expect(Date.parse((await client().soap.getServerTimestamp()).timestamp)).toBeLessThanOrEqual(Date.now());
});
