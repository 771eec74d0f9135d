import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
let client: Connection;
beforeAll(async () => {
  running = await start();
  client = running.client;
});
afterAll(() => running.stop());

const create = async (LastName: string) => (await client.sobject('Contact').create({ LastName })).id!;

test('records that were viewed are recent ones, the last first', async () => {
  const [a, b] = [await create('A'), await create('B')];
  expect(await client.recent()).toEqual([]);
  await client.query(`SELECT Id FROM Contact WHERE Id = '${a}' FOR VIEW`);
  await client.query(`SELECT Id FROM Contact WHERE Id = '${b}' FOR REFERENCE`);
  await client.query(`SELECT Id FROM Contact WHERE Id = '${a}' FOR VIEW`);
  expect(await client.recent()).toMatchObject([{ Id: a, Name: 'A' }, { Id: b }]);
  expect(await client.recent('Contact', 1)).toHaveLength(1);
  expect(await client.sobject('Lead').recent()).toEqual([]);
});

test('changes and deletions are told by time', async () => {
  const [changed, gone] = [await create('C'), await create('D')];
  await client.sobject('Contact').destroy(gone);
  const [start, end] = [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)];
  const { ids } = await client.sobject('Contact').updated(start, end);
  expect(ids).toContain(changed);
  expect(ids).not.toContain(gone);
  const { deletedRecords } = await client.sobject('Contact').deleted(start, end);
  expect(deletedRecords.map(({ id }) => id)).toEqual([gone]);
  expect((await refusal(client.sobject('Contact').updated(end, start)))[0]).toBe('INVALID_REPLICATION_DATE');
  const longAgo = new Date(Date.now() - 40 * 86_400_000);
  expect((await refusal(client.sobject('Contact').deleted(longAgo, end)))[0]).toBe('INVALID_REPLICATION_DATE');
});

test('a list view lists records by name, and its query is explained', async () => {
  await client.sobject('Account').create([{ Name: 'Zoo' }, { Name: 'Ant' }]);
  const Account = client.sobject('Account');
  const { listviews } = (await Account.listviews()) as { listviews: { id: string }[] };
  expect(listviews).toMatchObject([{ label: 'All Accounts', soqlCompatible: true }]);
  const view = Account.listview(listviews[0]!.id);
  expect(await view.describe()).toMatchObject({ sobjectType: 'Account', columns: [{ fieldNameOrPath: 'Name' }, {}] });
  const { records } = (await view.results()) as { records: { columns: { value: unknown }[] }[] };
  expect(records.map(({ columns }) => columns[0]!.value)).toEqual(['Ant', 'Zoo']);
  expect(await view.explain()).toMatchObject({ plans: [{ sobjectType: 'Account', sobjectCardinality: 2 }] });
  expect(await refusal(client.query('SELECT Foo FROM Account').explain())).toMatchObject(['INVALID_FIELD', {}]);
  expect((await refusal(client.sobject('Lead').listview(listviews[0]!.id).results()))[0]).toBe('NOT_FOUND');
});

test('a layout has every field once', async () => {
  const { layouts } = await client.sobject('Score__c').layouts();
  const items = layouts[0]!.detailLayoutSections[0]!.layoutRows.flatMap(({ layoutItems }) => layoutItems);
  const names = items.map(({ layoutComponents }) => (layoutComponents as { value: string }[])[0]!.value);
  expect(names).toEqual([...new Set(names)]);
  expect(names).toContain('External_Id__c');
  expect((await refusal(client.sobject('Lead').layouts('UserAlt')))[0]).toBe('NOT_FOUND');
  expect(await client.sobject('Score__c').compactLayouts()).toMatchObject({
    compactLayouts: [{ name: 'SYSTEM', fieldItems: [{ label: 'Score Name' }] }],
  });
});

test('tabs and limits', async () => {
  expect(await client.tabs()).toContainEqual(expect.objectContaining({ sobjectName: 'Lead', label: 'Leads' }));
  expect(await client.limits()).toMatchObject({ DailyApiRequests: { Max: 100_000 } });
});
