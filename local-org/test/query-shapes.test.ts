import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { usernames } from '../src/seed.ts';
import { start } from './support/server.ts';
import type { Running } from './support/server.ts';

/** A Saturday, the 325th day of its year. */
const NOW = Date.parse('2026-11-21T15:04:00Z');

let running: Running;
let account: string;
const query = async (soql: string): Promise<Record<string, unknown>[]> =>
  (await running.client.query(soql)).records.map((record) =>
    Object.fromEntries(Object.entries(record as object).filter(([name]) => name !== 'attributes')),
  );

beforeAll(async () => {
  running = await start({}, () => NOW);
  const [admin, robin] = [usernames.admin, usernames.rep].map((name) => running.org.user(name)!);
  const insert = (object: string, rows: Record<string, string | number | null>[]) =>
    running.org.insert(admin!, object, rows, { allOrNone: true }).map(({ id, errors }) => id ?? JSON.stringify(errors));
  insert('Lead', [
    { LastName: 'A', Company: 'C', LeadSource: 'Web', Industry: 'Banking', AnnualRevenue: 1234567 },
    { LastName: 'B', Company: 'C', LeadSource: 'Web', Industry: 'Energy', OwnerId: robin!.id },
    { LastName: 'C', Company: 'C', LeadSource: 'Other', Industry: 'Banking', AnnualRevenue: 10 },
  ]);
  [account] = insert('Account', [{ Name: 'Acme', Phone: '1', Industry: 'Energy' }]) as [string];
  const [opportunity] = insert('Opportunity', [
    { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31', Amount: 5 },
  ]);
  insert('Task', [
    { Subject: 'a', WhatId: account, Status: 'Not Started', Priority: 'Normal' },
    { Subject: 'b', WhatId: opportunity!, Status: 'Not Started', Priority: 'Normal' },
    { Subject: 'c', Status: 'Not Started', Priority: 'Normal' },
  ]);
});
afterAll(() => running.stop());

describe('TYPEOF', () => {
  const attributes: unknown = expect.objectContaining({ url: expect.anything() });

  test('selects the fields of whichever object a record looks up to', async () => {
    const soql =
      'SELECT Subject, TYPEOF What WHEN Account THEN Phone, Industry WHEN Opportunity THEN Amount ELSE Name END FROM Task ORDER BY Subject';
    expect(await query(soql)).toEqual([
      { Subject: 'a', What: { attributes, Phone: '1', Industry: 'Energy' } },
      { Subject: 'b', What: { attributes, Amount: 5 } },
      { Subject: 'c', What: null },
    ]);
  });

  test('without an ELSE, what is of no named object is null', async () => {
    const soql = 'SELECT Subject, TYPEOF What WHEN Account THEN Phone END FROM Task ORDER BY Subject';
    expect((await query(soql)).map(({ What }) => What)).toEqual([{ attributes, Phone: '1' }, null, null]);
  });
});

describe('subtotals', () => {
  test('ROLLUP adds one for each group of the first fields, and one of all', async () => {
    const soql =
      'SELECT LeadSource, Industry, COUNT(Id) n, GROUPING(LeadSource) s, GROUPING(Industry) i FROM Lead GROUP BY ROLLUP(LeadSource, Industry) ORDER BY LeadSource, Industry';
    const rows = await query(soql);
    expect(rows.map(({ LeadSource, Industry, n, s, i }) => [LeadSource, Industry, n, s, i])).toEqual([
      [null, null, 3, 1, 1],
      ['Other', null, 1, 0, 1],
      ['Other', 'Banking', 1, 0, 0],
      ['Web', null, 2, 0, 1],
      ['Web', 'Banking', 1, 0, 0],
      ['Web', 'Energy', 1, 0, 0],
    ]);
  });

  test('CUBE adds one for each combination', async () => {
    const soql =
      'SELECT LeadSource, Industry, COUNT(Id) n FROM Lead GROUP BY CUBE(LeadSource, Industry) HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC, LeadSource';
    expect(await query(soql)).toEqual([
      { LeadSource: null, Industry: null, n: 3 },
      { LeadSource: null, Industry: 'Banking', n: 2 },
      { LeadSource: 'Web', Industry: null, n: 2 },
    ]);
  });
});

test('toLabel shows what users read, and filters by it', async () => {
  const source = running.org.schema.object('Scoring_Job__c')!.field('Status__c')!;
  const renamed = source.picklist.find(({ value, label }) => value !== label) ?? source.picklist[0]!;
  const admin = running.org.user(usernames.admin)!;
  const [saved] = running.org.insert(admin, 'Scoring_Job__c', [
    {
      Kind__c: running.org.schema.object('Scoring_Job__c')!.field('Kind__c')!.picklist[0]!.value,
      Status__c: renamed.value,
    },
  ]);
  expect(saved!.errors).toEqual([]);
  const soql = `SELECT toLabel(Status__c) FROM Scoring_Job__c WHERE Id = '${saved!.id!}' AND toLabel(Status__c) = '${renamed.label}'`;
  expect(await query(soql)).toEqual([{ Status__c: renamed.label }]);
  expect(await query(`SELECT toLabel(LeadSource) s FROM Lead WHERE LastName = 'A'`)).toEqual([{ s: 'Web' }]);
});

test('FORMAT shows numbers, money and dates as users of en_US read them', async () => {
  expect(
    await query("SELECT FORMAT(AnnualRevenue) money, FORMAT(CreatedDate) at FROM Lead WHERE LastName = 'A'"),
  ).toEqual([{ money: '$1,234,567.00', at: '11/21/2026, 3:04 PM' }]);
  expect(await query('SELECT FORMAT(CloseDate) FROM Opportunity')).toEqual([{ CloseDate: '12/31/2026' }]);
});

test('the scope mine means what the user owns', async () => {
  const ownedBy = (scope: string) => query(`SELECT LastName FROM Lead USING SCOPE ${scope} ORDER BY LastName`);
  expect(await ownedBy('mine')).toEqual([{ LastName: 'A' }, { LastName: 'C' }]);
  expect(await ownedBy('everything')).toHaveLength(3);
});

test('dates fall into days and weeks of their year, in GMT', async () => {
  const of = async (fn: string) =>
    (
      await query(`SELECT ${fn}(convertTimezone(CreatedDate)) n, COUNT(Id) c FROM Lead GROUP BY ${fn}(CreatedDate)`)
    )[0]!['n'];
  const parts = ['DAY_IN_YEAR', 'WEEK_IN_YEAR', 'WEEK_IN_MONTH', 'FISCAL_QUARTER', 'CALENDAR_MONTH'];
  expect(await Promise.all(parts.map(of))).toEqual([325, 47, 3, 4, 11]);
});
