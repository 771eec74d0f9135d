import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
const read = (object: string, id: string) => client().sobject(object).retrieve(id);

async function merge(type: string, Id: string, recordToMergeIds: string[], values: Record<string, unknown> = {}) {
  const request = { masterRecord: { type, Id, ...values }, recordToMergeIds };
  return (await client().soap.merge(request as never)) as unknown as {
    success: boolean;
    id: string;
    mergedRecordIds: string[];
    updatedRelatedIds: string[];
    errors: { statusCode: string }[];
  };
}

test.each([
  ['Lead', { LastName: 'Moss', Company: 'Fern' }],
  ['Contact', { LastName: 'Moss' }],
  ['Account', { Name: 'Fern' }],
  ['Case', { Subject: 'Help' }],
])('%s records merge into one', async (object, row) => {
  const [master, second, third] = [await insert(object, row), await insert(object, row), await insert(object, row)];
  const who = object === 'Lead' || object === 'Contact';
  const task = await insert('Task', { Subject: 'Call', [who ? 'WhoId' : 'WhatId']: second });
  const result = await merge(object, master, [second, third], { Description: 'merged' });
  expect(result).toMatchObject({
    success: true,
    id: master,
    mergedRecordIds: [second, third],
    updatedRelatedIds: [task],
  });
  expect(await read(object, master)).toMatchObject({ Description: 'merged', MasterRecordId: null });
  expect(await read('Task', task)).toMatchObject({ [who ? 'WhoId' : 'WhatId']: master });
  const gone = await client().query(
    `SELECT Id, IsDeleted, MasterRecordId FROM ${object} WHERE MasterRecordId = '${master}' ORDER BY Id`,
    { scanAll: true },
  );
  expect(gone.records).toMatchObject([
    { Id: second, IsDeleted: true },
    { Id: third, IsDeleted: true },
  ]);
});

test('custom lookups follow, and a campaign keeps one member', async () => {
  const lead = { LastName: 'Moss', Company: 'Fern' };
  const [master, loser] = [await insert('Lead', lead), await insert('Lead', lead)];
  const score = await insert('Score__c', { External_Id__c: 'm:x', Record_Id__c: loser, Lead__c: loser });
  const [spring, autumn] = [await insert('Campaign', { Name: 'Spring' }), await insert('Campaign', { Name: 'Autumn' })];
  for (const [CampaignId, LeadId] of [
    [spring, master],
    [spring, loser],
    [autumn, loser],
  ])
    await insert('CampaignMember', { CampaignId, LeadId });
  expect(await refusal(client().create('CampaignMember', { CampaignId: spring, LeadId: master }))).toEqual([
    'DUPLICATE_VALUE',
    'Already a campaign member.',
  ]);
  await merge('Lead', master, [loser]);
  expect(await read('Score__c', score)).toMatchObject({ Lead__c: master });
  const members = await client().query('SELECT Campaign.Name, LeadId FROM CampaignMember ORDER BY Campaign.Name');
  expect(members.records).toMatchObject([
    { Campaign: { Name: 'Autumn' }, LeadId: master },
    { Campaign: { Name: 'Spring' }, LeadId: master },
  ]);
});

test('an account does not become its own parent', async () => {
  const parent = await insert('Account', { Name: 'Parent' });
  const child = await insert('Account', { Name: 'Child', ParentId: parent });
  await merge('Account', child, [parent]);
  expect(await read('Account', child)).toMatchObject({ ParentId: null });
});

test('a merged record can be undeleted; what hung on it stays with the master', async () => {
  const [master, loser] = [await insert('Account', { Name: 'A' }), await insert('Account', { Name: 'B' })];
  const contact = await insert('Contact', { LastName: 'Moss', AccountId: loser });
  await merge('Account', master, [loser]);
  await client().soap.undelete([loser]);
  expect(await read('Account', loser)).toMatchObject({ Name: 'B', MasterRecordId: null });
  expect(await read('Contact', contact)).toMatchObject({ AccountId: master });
});

describe('what is refused leaves nothing', () => {
  test.each([
    ['a value that the master cannot take', 'Account', ['Account'], { Name: 'x'.repeat(256) }, 'STRING_TOO_LONG'],
    ['a record of another object', 'Account', ['Contact'], {}, 'INVALID_CROSS_REFERENCE_KEY'],
    ['three records into one', 'Account', ['Account', 'Account', 'Account'], {}, 'MERGE_FAILED'],
    ['an object that does not merge', 'Campaign', ['Campaign'], {}, 'INVALID_TYPE'],
  ])('%s', async (_, object, others, values, code) => {
    const make = (name: string) => insert(name, name === 'Contact' ? { LastName: 'M' } : { Name: 'M' });
    const master = await make(object);
    const losers = await Promise.all(others.map(make));
    const result = await merge(object, master, losers, values);
    expect([result.success, result.errors[0]!.statusCode]).toEqual([false, code]);
    expect(await read(others[0]!, losers[0]!)).toMatchObject({ IsDeleted: false });
  });

  test('a record into itself', async () => {
    const id = await insert('Account', { Name: 'Alone' });
    expect(await merge('Account', id, [id])).toMatchObject({
      success: false,
      errors: [{ statusCode: 'MERGE_FAILED' }],
    });
  });
});
