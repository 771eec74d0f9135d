import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { integrationApp } from '../src/oauth/connected-app.ts';
import { openOrg } from '../src/open.ts';
import { usernames } from '../src/seed.ts';
import { connect, refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
let admin: Connection;
let rep: Connection;
let integration: Connection;
let leadId: string;
let scoreId: string;
const create = async (object: string, row: object) => (await admin.sobject(object).create(row)).id!;

beforeAll(async () => {
  running = await start();
  admin = running.client;
  rep = connect(running.url);
  rep.accessToken = running.sessions.start(running.org.user(usernames.rep)!);
  integration = connect(running.url, { id: integrationApp.id, secret: integrationApp.secret! });
  await integration.authorize({ grant_type: 'client_credentials' });
  leadId = await create('Lead', { LastName: 'Ash', Company: 'Fern', Lead_Score__c: 5 });
  scoreId = await create('Score__c', { External_Id__c: 's1', Record_Id__c: leadId, Lead__c: leadId, Value__c: 5 });
});
afterAll(() => running.stop());

test('the integration user runs as the profile that gives nothing by itself', async () => {
  expect(await integration.identity()).toMatchObject({ username: usernames.integration });
  const [user] = (await admin.query(`SELECT Profile.Name FROM User WHERE Username = '${usernames.integration}'`))
    .records;
  expect(user).toMatchObject({ Profile: { Name: 'Minimum Access - API Only Integrations' } });
});

describe('objects that may not be read are not there', () => {
  const noSuchType = ['INVALID_TYPE', expect.stringContaining("sObject type 'Case' is not supported.")];

  test('in SOQL, as the object, a parent, a child or a semi-join', async () => {
    expect(await refusal(integration.query('SELECT Id FROM Case'))).toEqual(noSuchType);
    const children = await refusal(integration.query('SELECT Id, (SELECT Id FROM Cases) FROM Contact'));
    expect(children).toEqual(['INVALID_TYPE', expect.stringContaining("Didn't understand relationship 'Cases'")]);
    const semiJoin = 'SELECT Id FROM Contact WHERE Id IN (SELECT ContactId FROM Case)';
    expect(await refusal(integration.query(semiJoin))).toEqual(noSuchType);
    const parent = await refusal(integration.query('SELECT Campaign.Name FROM Opportunity'));
    expect(parent).toEqual(['INVALID_FIELD', expect.stringContaining("Didn't understand relationship 'Campaign'")]);
  });

  test('in describe, records, collections, bulk and search', async () => {
    const names = (await integration.describeGlobal()).sobjects.map(({ name }) => name);
    expect(names).toContain('Score__c');
    expect(names).not.toContain('Case');
    expect((await refusal(integration.sobject('Case').describe()))[0]).toBe('NOT_FOUND');
    expect((await refusal(integration.sobject('Case').create({ Subject: 'x' })))[0]).toBe('NOT_FOUND');
    expect((await refusal(integration.sobject('Case').create([{ Subject: 'x' }])))[0]).toBe('INVALID_TYPE');
    const job = integration.bulk2.createJob({ object: 'Case', operation: 'insert' });
    expect((await refusal(job.open()))[1]).toContain("Entity 'Case' is not supported");
    expect((await refusal(integration.search('FIND {Ash} RETURNING Case')))[0]).toBe('INVALID_TYPE');
  });
});

describe('fields that may not be read are not there', () => {
  const noSuchColumn = ['INVALID_FIELD', expect.stringContaining("No such column 'Fax' on entity 'Lead'")];

  test('in SOQL, wherever they stand', async () => {
    for (const soql of [
      'SELECT Fax FROM Lead',
      "SELECT Id FROM Lead WHERE Fax = '1'",
      'SELECT Id FROM Lead ORDER BY Fax',
      'SELECT Fax, COUNT(Id) FROM Lead GROUP BY Fax',
      'SELECT Lead__r.Fax FROM Score__c',
    ])
      expect(await refusal(integration.query(soql))).toEqual(noSuchColumn);
    const [all] = (await integration.query('SELECT FIELDS(STANDARD) FROM Lead')).records;
    expect(all).toHaveProperty('City');
    expect(all).not.toHaveProperty('Fax');
  });

  test('in records and describe', async () => {
    const read = await integration.sobject('Lead').retrieve(leadId);
    expect(read).toMatchObject({ LastName: 'Ash', Lead_Score__c: 5 });
    expect(read).not.toHaveProperty('Fax');
    const names = (await integration.sobject('Lead').describe()).fields.map(({ name }) => name);
    expect(names).not.toContain('Fax');
    const written = await refusal(integration.sobject('Lead').update({ Id: leadId, Fax: '1' }));
    expect(written).toEqual(['INVALID_FIELD', "No such column 'Fax' on sobject of type Lead"]);
  });
});

describe('what may be read only', () => {
  test('says so in describe', async () => {
    const { createable, updateable, deletable, fields } = await rep.sobject('Score__c').describe();
    expect({ createable, updateable, deletable }).toEqual({ createable: false, updateable: false, deletable: false });
    const fieldsOf = async (client: Connection) =>
      (await client.sobject('Lead').describe()).fields.find(({ name }) => name === 'Lead_Score__c');
    expect(await fieldsOf(rep)).toMatchObject({ createable: false, updateable: false });
    expect(await fieldsOf(integration)).toMatchObject({ createable: true, updateable: true });
    expect(fields.map(({ name }) => name)).toContain('Explanation__c');
    const takesPermission = fields.filter(({ permissionable }) => permissionable).map(({ name }) => name);
    expect(takesPermission).toContain('Value__c');
    expect(takesPermission).not.toContain('Record_Id__c');
  });

  test('a field is refused with its name', async () => {
    expect(await refusal(rep.sobject('Lead').update({ Id: leadId, Lead_Score__c: 99 }))).toEqual([
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: Lead_Score__c. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
      ['Lead_Score__c'],
    ]);
    await rep.sobject('Lead').update({ Id: leadId, Title: 'CTO' });
    expect(await admin.sobject('Lead').retrieve(leadId)).toMatchObject({ Title: 'CTO', Lead_Score__c: 5 });
  });

  test('an object is refused, each row for itself', async () => {
    const insert = await refusal(rep.sobject('Score__c').create({ External_Id__c: 's2', Record_Id__c: leadId }));
    expect(insert).toEqual(['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'entity type cannot be inserted: Score']);
    const update = await rep.sobject('Score__c').update([{ Id: scoreId, Value__c: 9 }]);
    expect(update).toMatchObject([
      {
        success: false,
        errors: [
          { statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message: 'entity type cannot be updated: Score' },
        ],
      },
    ]);
    expect(await refusal(rep.sobject('Score__c').destroy(scoreId))).toEqual([
      'INSUFFICIENT_ACCESS_OR_READONLY',
      'insufficient access rights on object id',
    ]);
    expect((await admin.query('SELECT COUNT() FROM Score__c')).totalSize).toBe(1);
    const { status } = await fetch(`${running.url}/services/data/v66.0/sobjects/Score__c/${scoreId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${rep.accessToken!}` },
    });
    expect(status).toBe(403);
  });

  test('the integration user creates no leads, and upserts scores', async () => {
    const lead = await refusal(integration.sobject('Lead').create({ LastName: 'Elm', Company: 'Fern' }));
    expect(lead).toEqual(['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'entity type cannot be inserted: Lead']);
    const row = { External_Id__c: 's1', Value__c: 6, Lead__c: leadId };
    expect(await integration.sobject('Score__c').upsert(row, 'External_Id__c')).toMatchObject({ success: true });
    const [published] = await integration
      .sobject('Rating_Changed__e')
      .create([
        { Object__c: 'Lead', Record_Id__c: leadId, Model__c: 'm', To__c: 'Hot', Direction__c: 'Up', Value__c: 6 },
      ]);
    expect(published).toMatchObject({ success: true });
  });

  test('master and lookup records must be visible', async () => {
    const campaign = await create('Campaign', { Name: 'C' });
    const account = await create('Account', { Name: 'A' });
    const opportunity = await create('Opportunity', {
      Name: 'O',
      StageName: 'Prospecting',
      CloseDate: '2030-01-01',
      AccountId: account,
    });
    const set = await create('PermissionSet', { Name: 'Edit_Campaign', Label: 'Edit campaign' });
    const field = { ParentId: set, SobjectType: 'Opportunity', Field: 'Opportunity.CampaignId' };
    await create('FieldPermissions', { ...field, PermissionsRead: true, PermissionsEdit: true });
    const assignee = running.org.user(usernames.integration)!.id;
    const assignment = await create('PermissionSetAssignment', { PermissionSetId: set, AssigneeId: assignee });
    const refused = await refusal(integration.sobject('Opportunity').update({ Id: opportunity, CampaignId: campaign }));
    expect(refused[0]).toBe('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY');
    await admin.sobject('PermissionSetAssignment').destroy(assignment);
  });
});

test('flows run in system context', async () => {
  const system = await admin.sobject('Score__c').describe();
  expect(system.createable).toBe(true);
  await integration.sobject('Score__c').upsert({ External_Id__c: 's1', Rating__c: 'Hot' }, 'External_Id__c');
  const tasks = await admin.query(`SELECT Subject FROM Task WHERE WhoId = '${leadId}'`);
  expect(tasks.totalSize).toBe(1);
  for (const object of ['Task', 'OpenActivity'])
    expect((await refusal(integration.query(`SELECT Id FROM ${object}`)))[0]).toBe('INVALID_TYPE');
});

test('nobody reads on in the query of another user', async () => {
  const rows = Array.from({ length: 201 }, (_, i) => ({ LastName: `Row ${i}`, Company: 'Many' }));
  running.org.insert(running.org.user(usernames.admin)!, 'Lead', rows);
  const soql = encodeURIComponent("SELECT Id FROM Lead WHERE Company = 'Many'");
  const headers = { 'Sforce-Query-Options': 'batchSize=200' };
  const url = `/query?q=${soql}`;
  const { nextRecordsUrl } = await admin.request<{ nextRecordsUrl: string }>({ method: 'GET', url, headers });
  expect((await refusal(rep.queryMore(nextRecordsUrl)))[0]).toBe('INVALID_QUERY_LOCATOR');
  expect((await admin.queryMore(nextRecordsUrl)).records).toHaveLength(1);
});

describe('a permission set', () => {
  const grant = (ParentId: string, Field: string, PermissionsEdit = false) =>
    admin.sobject('FieldPermissions').create({
      ParentId,
      SobjectType: Field.split('.')[0],
      Field,
      PermissionsRead: true,
      PermissionsEdit,
    });

  test('takes effect at once, and ends at once', async () => {
    const set = await create('PermissionSet', { Name: 'Reads_Fax', Label: 'Reads fax numbers' });
    await grant(set, 'Lead.Fax');
    const AssigneeId = running.org.user(usernames.integration)!.id;
    const fax = () => integration.query('SELECT Fax FROM Lead');
    expect((await refusal(fax()))[0]).toBe('INVALID_FIELD');
    const assignment = await create('PermissionSetAssignment', { PermissionSetId: set, AssigneeId });
    expect((await fax()).totalSize).toBeGreaterThan(0);
    const [fieldPermission] = (await admin.query(`SELECT Id FROM FieldPermissions WHERE ParentId = '${set}'`)).records;
    await admin.sobject('FieldPermissions').destroy(fieldPermission!.Id!);
    expect((await refusal(fax()))[0]).toBe('INVALID_FIELD');
    await grant(set, 'Lead.Fax');
    await admin.sobject('PermissionSetAssignment').destroy(assignment);
    expect((await refusal(fax()))[0]).toBe('INVALID_FIELD');
  });

  test('that is rolled back gave nothing', async () => {
    const set = await create('PermissionSet', { Name: 'Reads_Fax_2', Label: 'Reads fax numbers' });
    const user = running.org.user(usernames.integration)!;
    const system = running.org.user(usernames.admin)!;
    const undo = new Error('undo');
    expect(() =>
      running.org.transaction(() => {
        const field = { ParentId: set, SobjectType: 'Lead', Field: 'Lead.Fax', PermissionsRead: true };
        running.org.insert(system, 'FieldPermissions', [field]);
        running.org.insert(system, 'PermissionSetAssignment', [{ PermissionSetId: set, AssigneeId: user.id }]);
        expect(running.org.query(user, 'SELECT Fax FROM Lead').totalSize).toBeGreaterThan(0);
        throw undo;
      }),
    ).toThrow(undo);
    expect(() => running.org.query(user, 'SELECT Fax FROM Lead')).toThrow("No such column 'Fax'");
  });

  test.each([
    ['a required field', 'Lead.Company', 'You cannot deploy to a required field: Lead.Company'],
    ['a part of an address', 'Lead.City', 'Lead.City is a part of Lead.Address, which is granted whole'],
    ['a field that is not there', 'Lead.Nope__c', 'no CustomField named Lead.Nope__c found'],
  ])('cannot grant %s', async (_, field, message) => {
    const set = await admin.sobject('PermissionSet').findOne({ Name: 'Reads_Fax' }, ['Id']);
    expect(await refusal(grant(set!.Id, field))).toEqual(['FIELD_INTEGRITY_EXCEPTION', message]);
  });

  test('is not for users to give to themselves', async () => {
    const set = await admin.sobject('PermissionSet').findOne({ Name: 'Scoreline_Admin' }, ['Id']);
    const assignment = { PermissionSetId: set!.Id, AssigneeId: running.org.user(usernames.rep)!.id };
    const refused = await refusal(rep.sobject('PermissionSetAssignment').create(assignment));
    expect(refused[0]).toBe('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
    expect((await refusal(integration.query('SELECT Id FROM PermissionSet')))[0]).toBe('INVALID_TYPE');
  });
});

describe('metadata that Salesforce would refuse stops the org', () => {
  const folder = mkdtempSync(join(tmpdir(), 'permissions-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const field = (name: string, editable: boolean) =>
    `<fieldPermissions><editable>${editable}</editable><field>${name}</field><readable>${!editable}</readable></fieldPermissions>`;
  const object = (flags: string, name = 'Lead') =>
    `<objectPermissions>${flags}<object>${name}</object></objectPermissions>`;

  test.each([
    [field('Lead.Company', false), 'You cannot deploy to a required field: Lead.Company'],
    [field('Lead.Email', true), 'Permission Edit Lead.Email depends on permission(s): Read Lead.Email'],
    [object('<allowEdit>true</allowEdit>'), 'Permission Edit Lead depends on permission(s): Read Lead'],
    [object('<allowRead>true</allowRead>', 'Task'), 'bad value for restricted picklist field: Task'],
    ['<userPermissions><enabled>true</enabled><name>ManageUsers</name></userPermissions>', 'ManageUsers'],
    [
      '<customPermissions><enabled>true</enabled><name>Nope</name></customPermissions>',
      'no CustomPermission named Nope',
    ],
    ['<classAccesses/>', '<classAccesses> is not supported'],
  ])('%s', (xml, message) => {
    const path = join(folder, 'permissionsets');
    mkdirSync(path, { recursive: true });
    writeFileSync(
      join(path, 'Test.permissionset-meta.xml'),
      `<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><label>Test</label>${xml}</PermissionSet>`,
    );
    expect(() => openOrg({ source: folder, clock: Date.now })).toThrow(message);
  });

  test('custom permissions are the users’ whose permission sets enable them', () => {
    const path = join(folder, 'permissionsets');
    mkdirSync(join(folder, 'customPermissions'), { recursive: true });
    rmSync(join(path, 'Test.permissionset-meta.xml'), { force: true });
    const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
    writeFileSync(
      join(folder, 'customPermissions/Adjust.customPermission-meta.xml'),
      `<CustomPermission ${namespace}><isLicensed>false</isLicensed><label>Adjust</label></CustomPermission>`,
    );
    writeFileSync(
      join(path, 'Test_Rep.permissionset-meta.xml'),
      `<PermissionSet ${namespace}><label>Test</label><customPermissions><enabled>true</enabled><name>Adjust</name></customPermissions></PermissionSet>`,
    );
    const org = openOrg({ source: folder, clock: Date.now });
    const permissions = [usernames.admin, usernames.rep, usernames.integration].map(
      (name) => org.permissions(org.user(name)!).custom,
    );
    expect(permissions).toEqual([[], ['Adjust'], []]);
    org.close();
  });
});
