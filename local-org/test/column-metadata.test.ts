import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;

beforeAll(async () => {
  running = await start();
});

afterAll(() => running.stop());

interface Columns {
  readonly columnMetadata: readonly object[];
}

const columns = (soql: string) =>
  running.client.request<Columns>(`/services/data/v66.0/query?q=${encodeURIComponent(soql)}&columns=true`);

test('fields, parents and children of a query, in the order selected', async () => {
  const soql = 'SELECT Id, Owner.Name, Lead_Score__c, Owner.Email, (SELECT Subject, Who.Name FROM Tasks) FROM Lead';
  const { columnMetadata, ...query } = await columns(soql);
  expect(query).toEqual({ entityName: 'Lead', groupBy: false, idSelected: true, keyPrefix: '00Q' });
  expect(columnMetadata).toMatchObject([
    { columnName: 'Id', apexType: 'Id', aggregate: false, custom: false, insertable: false, joinColumns: [] },
    {
      columnName: 'Owner',
      foreignKeyName: 'OwnerId',
      aggregate: false,
      joinColumns: [{ columnName: 'Name', textType: true }, { columnName: 'Email' }],
    },
    { columnName: 'Lead_Score__c', custom: true, numberType: true, updatable: true },
    {
      columnName: 'Tasks',
      aggregate: true,
      joinColumns: [
        { columnName: 'Subject' },
        { columnName: 'Who', foreignKeyName: 'WhoId', joinColumns: [{ columnName: 'Name' }] },
      ],
    },
  ]);
});

test('aggregates under their aliases, or as records name them; the call is what is displayed', async () => {
  const { columnMetadata } = await columns('SELECT Rating, COUNT(Id) n, MAX(Lead_Score__c) FROM Lead GROUP BY Rating');
  expect(columnMetadata).toMatchObject([
    { columnName: 'Rating', displayName: 'Rating', aggregate: false },
    { columnName: 'n', displayName: 'COUNT(Id)', aggregate: true, apexType: 'Integer' },
    { columnName: 'expr0', displayName: 'MAX(Lead_Score__c)', aggregate: true, numberType: true },
  ]);
  expect((await columns('SELECT COUNT() FROM Lead')).columnMetadata).toEqual([]);
});

test('a query that would be refused has no columns', async () => {
  expect((await refusal(columns('SELECT Nope FROM Lead')))[0]).toBe('INVALID_FIELD');
  expect((await refusal(columns('SELECT Id FROM ScratchOrgInfo')))[0]).toBe('INVALID_TYPE');
});
