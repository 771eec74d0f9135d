import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
beforeAll(async () => {
  running = await start();
  const { client } = running;
  await client.sobject('Lead').create([
    { FirstName: 'Ada', LastName: 'Lovelace', Company: 'Analytical Engines', Email: 'ada@engines.example' },
    { FirstName: 'Charles', LastName: 'Babbage', Company: "Ada's friends" },
  ]);
  await client.sobject('Account').create([{ Name: 'Engines #42' }, { Name: 'Engineering' }]);
});
afterAll(() => running.stop());

const find = async (sosl: string) => {
  const { searchRecords } = await running.client.search(sosl);
  return searchRecords.map((record) => record['Name'] as string).sort();
};

test('whole words are found, in any case, in the fields asked for', async () => {
  expect(await find('FIND {ADA} IN NAME FIELDS RETURNING Lead(Name)')).toEqual(['Ada Lovelace']);
  expect(await find('FIND {ada} RETURNING Lead(Name)')).toEqual(['Ada Lovelace', 'Charles Babbage']);
  expect(await find('FIND {Engine} RETURNING Account(Name), Lead(Name)')).toEqual([]);
  expect(await find('FIND {engines} IN EMAIL FIELDS RETURNING Account(Name), Lead(Name)')).toEqual(['Ada Lovelace']);
});

test('wildcards, phrases, several terms, conditions, order and limits', async () => {
  expect(await find('FIND {engine*} RETURNING Account(Name)')).toEqual(['Engineering', 'Engines #42']);
  expect(await find('FIND {engine* 42} RETURNING Account(Name)')).toEqual(['Engines #42']);
  expect(await find('FIND {"analytical engines"} RETURNING Lead(Name)')).toEqual(['Ada Lovelace']);
  expect(await find("FIND {engine*} RETURNING Account(Name WHERE Name LIKE '%4%')")).toEqual(['Engines #42']);
  expect(await find('FIND {engine*} RETURNING Account(Name ORDER BY Name DESC LIMIT 1)')).toEqual(['Engines #42']);
  expect(await find('FIND {engine*} RETURNING Account(Name) LIMIT 1')).toHaveLength(1);
  expect(await find('FIND {engine*}')).toHaveLength(3);
});

test('what is not SOSL is refused', async () => {
  const code = async (sosl: string) => (await refusal(running.client.search(sosl)))[0];
  expect(await code('LOOK {ada}')).toBe('MALFORMED_SEARCH');
  expect(await code('FIND {a}')).toBe('MALFORMED_SEARCH');
  expect(await code('FIND {ada} RETURNING Nothing__c(Id)')).toBe('INVALID_TYPE');
  expect(await code('FIND {ada} RETURNING Lead(Foo)')).toBe('INVALID_FIELD');
  expect(await code('FIND {ada OR eve}')).toBe('NOT_IMPLEMENTED');
});
