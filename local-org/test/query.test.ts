import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

/** A Saturday. */
const NOW = Date.parse('2026-11-21T10:00:00Z');

let running: Running;
let client: Connection;
const query = async (soql: string) => (await client.query(soql)).records;
const names = async (where: string) =>
  (await query(`SELECT LastName FROM Lead ${where}`)).map((record) => record['LastName'] as string);

beforeAll(async () => {
  running = await start({}, () => NOW);
  client = running.client;
  const admin = running.org.user('admin@local-org.example')!;
  const insert = (object: string, rows: Record<string, string | number | boolean | null>[]) =>
    running.org.insert(admin, object, rows, { allOrNone: true }).map(({ id, errors }) => id ?? JSON.stringify(errors));
  const [queue] = running.org.query(admin, "SELECT Id FROM Group WHERE Type = 'Queue'").records;
  const leads = insert('Lead', [
    {
      LastName: 'Adams',
      Company: 'Acme',
      AnnualRevenue: 100,
      Lead_Score__c: 10,
      Score_Rating__c: 'Hot',
      City: 'Ulm',
      Score_Changed_At__c: '2026-11-21T09:00:00Z',
    },
    {
      LastName: 'brown',
      Company: 'acme',
      AnnualRevenue: 200,
      Lead_Score__c: 20,
      Score_Rating__c: 'Warm',
      Score_Changed_At__c: '2026-11-15T00:00:00Z',
    },
    {
      LastName: "O'Hara",
      Company: 'Öko AG',
      Lead_Score__c: 30,
      Score_Rating__c: 'Hot',
      Score_Changed_At__c: '2026-10-31T23:59:59Z',
      OwnerId: queue!['Id'] as string,
    },
    { LastName: '50%_off', Company: 'Zeta', Lead_Score__c: null, Score_Changed_At__c: '2025-01-01T00:00:00Z' },
  ]);
  insert('Score__c', [
    { External_Id__c: 'a1', Record_Id__c: leads[0]!, Lead__c: leads[0]!, Value__c: 1 },
    { External_Id__c: 'a2', Record_Id__c: leads[0]!, Lead__c: leads[0]!, Value__c: 2 },
    { External_Id__c: 'b1', Record_Id__c: leads[1]!, Lead__c: leads[1]!, Value__c: 3 },
  ]);
  const [account] = insert('Account', [{ Name: 'Parent Inc' }]);
  insert('Opportunity', [{ Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31', AccountId: account! }]);
  insert('Task', [
    { Subject: 'Call', WhoId: leads[0]!, ActivityDate: '2026-11-22' },
    { Subject: 'Visit', WhatId: account!, ActivityDate: '2026-11-20', Status: 'Completed' },
  ]);
});
afterAll(() => running.stop());

describe('conditions', () => {
  const cases: [string, string[]][] = [
    ["LastName = 'ADAMS'", ['Adams']],
    ["Company = 'ÖKO ag'", ["O'Hara"]],
    ["LastName = 'O\\'Hara'", ["O'Hara"]],
    ["Company LIKE 'A%'", ['Adams', 'brown']],
    ["Company LIKE 'ö%'", ["O'Hara"]],
    ["LastName LIKE '50\\%\\_%'", ['50%_off']],
    ["LastName LIKE '_rown'", ['brown']],
    ["(NOT Company LIKE 'A%')", ["O'Hara", '50%_off']],
    ['AnnualRevenue = null', ["O'Hara", '50%_off']],
    ['AnnualRevenue != 100', ['brown', "O'Hara", '50%_off']],
    ["City != 'Ulm'", ['brown', "O'Hara", '50%_off']],
    ["City = ''", ['brown', "O'Hara", '50%_off']],
    ["LastName IN ('adams', 'BROWN', 'x')", ['Adams', 'brown']],
    ["City NOT IN ('Ulm')", ['brown', "O'Hara", '50%_off']],
    ["City IN ('Ulm', null)", ['Adams', 'brown', "O'Hara", '50%_off']],
    ['NOT Lead_Score__c < 20', ['brown', "O'Hara", '50%_off']],
    ["(Company = 'Acme' AND Lead_Score__c > 10) OR City = 'Ulm'", ['Adams', 'brown']],
    ["Company = 'Acme' AND (NOT (Lead_Score__c > 10 OR City = null))", ['Adams']],
    ['Id IN (SELECT Lead__c FROM Score__c WHERE Value__c > 1)', ['Adams', 'brown']],
    ['Id NOT IN (SELECT Lead__c FROM Score__c)', ["O'Hara", '50%_off']],
    ["Owner.Type = 'Queue' OR Owner.Name = 'Sales Queue'", ["O'Hara"]],
    ['IsConverted = FALSE AND HasOptedOutOfEmail = true', []],
    ['CALENDAR_YEAR(Score_Changed_At__c) = 2025', ['50%_off']],
  ];
  test.each(cases)('%s', async (where, expected) => {
    expect(await names(`WHERE ${where} ORDER BY Id`)).toEqual(expected);
  });

  test.each([
    ['= TODAY', ['Adams']],
    ['= THIS_WEEK', ['Adams', 'brown']],
    ['= LAST_N_DAYS:6', ['Adams', 'brown']],
    ['= LAST_N_DAYS:5', ['Adams']],
    ['= LAST_MONTH', ["O'Hara"]],
    ['= N_MONTHS_AGO:1', ["O'Hara"]],
    ['< THIS_YEAR', ['50%_off']],
    ['> LAST_MONTH', ['Adams', 'brown']],
    ['!= LAST_YEAR', ['Adams', 'brown', "O'Hara"]],
    ['>= 2026-11-15T01:00:00+01:00', ['Adams', 'brown']],
  ])('Score_Changed_At__c %s', async (condition, expected) => {
    expect(await names(`WHERE Score_Changed_At__c ${condition} ORDER BY Id`)).toEqual(expected);
  });

  test('a date field against date literals', async () => {
    const subjects = async (condition: string) =>
      (await query(`SELECT Subject FROM Task WHERE ActivityDate ${condition}`)).map(
        (record) => record['Subject'] as string,
      );
    expect(await subjects('= TOMORROW')).toEqual(['Call']);
    expect(await subjects('< TODAY')).toEqual(['Visit']);
    expect(await subjects('= NEXT_N_DAYS:1')).toEqual(['Call']);
    expect(await subjects('= 2026-11-20')).toEqual(['Visit']);
  });
});

describe('order and paging', () => {
  test('nulls first unless last is asked for, text without regard to case', async () => {
    expect(await names('ORDER BY Lead_Score__c')).toEqual(['50%_off', 'Adams', 'brown', "O'Hara"]);
    expect(await names('ORDER BY Lead_Score__c DESC NULLS LAST')).toEqual(["O'Hara", 'brown', 'Adams', '50%_off']);
    expect(await names('ORDER BY Company, LastName DESC LIMIT 2')).toEqual(['brown', 'Adams']);
    expect(await names('ORDER BY LastName LIMIT 2 OFFSET 1')).toEqual(['Adams', 'brown']);
  });

  test('queryMore by the client’s own paging, each page of the asked size', async () => {
    const admin = running.org.user('admin@local-org.example')!;
    const rows = Array.from({ length: 450 }, (_, i) => ({ Name: `Account ${String(i).padStart(3, '0')}` }));
    running.org.insert(admin, 'Account', rows);
    const soql = "SELECT Name FROM Account WHERE Name LIKE 'Account %' ORDER BY Name DESC";
    const headers = { 'Sforce-Query-Options': 'batchSize=200' };
    const first = await client.query(soql, { headers });
    expect([first.totalSize, first.done, first.records.length]).toEqual([450, false, 200]);
    expect(first.nextRecordsUrl).toMatch(/\/services\/data\/v66\.0\/query\/01g\w{15}-200$/);
    const second = await client.queryMore(first.nextRecordsUrl!);
    const third = await client.queryMore(second.nextRecordsUrl!);
    expect([third.done, third.records.length, third.records.at(-1)]).toMatchObject([true, 50, { Name: 'Account 000' }]);
    const all = [...first.records, ...second.records, ...third.records].map((record) => record['Name'] as string);
    expect(all).toEqual(rows.map(({ Name }) => Name).reverse());
    expect((await client.query(soql)).records).toHaveLength(450);
    expect((await refusal(client.queryMore('01g000000000999AAA-200')))[0]).toBe('INVALID_QUERY_LOCATOR');
  });
});

describe('relationships', () => {
  test('parents are nested, absent ones null, of several objects by what they are', async () => {
    const [task, visit] = await query(
      'SELECT Subject, Who.Name, Who.Type, What.Name, Owner.Name, WhoId FROM Task ORDER BY Subject',
    );
    expect(task).toMatchObject({ Who: { attributes: { type: 'Lead' }, Name: 'Adams', Type: 'Lead' }, What: null });
    expect(visit).toMatchObject({
      Who: null,
      WhoId: null,
      What: { attributes: { type: 'Account' }, Name: 'Parent Inc' },
    });
    expect(await query('SELECT o.Account.Owner.Username FROM Opportunity o')).toMatchObject([
      { Account: { attributes: { type: 'Account' }, Owner: { Username: 'admin@local-org.example' } } },
    ]);
  });

  test('children are query results of their own, null where there are none', async () => {
    const leads = await query(
      'SELECT LastName, (SELECT External_Id__c, Lead__r.LastName FROM Scores__r WHERE Value__c > 0 ORDER BY Value__c DESC LIMIT 1), (SELECT Subject FROM Tasks) FROM Lead ORDER BY Id LIMIT 3',
    );
    expect(leads).toMatchObject([
      {
        Scores__r: { totalSize: 1, done: true, records: [{ External_Id__c: 'a2', Lead__r: { LastName: 'Adams' } }] },
        Tasks: { records: [{ Subject: 'Call' }] },
      },
      { Scores__r: { records: [{ External_Id__c: 'b1' }] }, Tasks: null },
      { Scores__r: null },
    ]);
  });
});

describe('aggregates', () => {
  test('COUNT(), and groups with HAVING', async () => {
    expect(await client.query('SELECT COUNT() FROM Lead')).toMatchObject({ totalSize: 4, done: true, records: [] });
    expect(
      await query(
        'SELECT Score_Rating__c, COUNT(Id), SUM(Lead_Score__c) total, COUNT_DISTINCT(Company) FROM Lead GROUP BY Score_Rating__c HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC',
      ),
    ).toEqual([{ attributes: { type: 'AggregateResult' }, Score_Rating__c: 'Hot', expr0: 2, total: 40, expr1: 2 }]);
    expect(await query('SELECT MAX(Lead_Score__c) m, AVG(Lead_Score__c) a, MIN(Company) c FROM Lead')).toMatchObject([
      { m: 30, a: 20, c: 'Acme' },
    ]);
    expect(
      await query(
        'SELECT CALENDAR_YEAR(Score_Changed_At__c) y, COUNT(Id) n FROM Lead GROUP BY CALENDAR_YEAR(Score_Changed_At__c) ORDER BY CALENDAR_YEAR(Score_Changed_At__c)',
      ),
    ).toMatchObject([
      { y: 2025, n: 1 },
      { y: 2026, n: 3 },
    ]);
  });
});

describe('refused', () => {
  test.each([
    ['SELECT Nope FROM Lead', 'INVALID_FIELD'],
    ['SELECT Nope__r.Name FROM Lead', 'INVALID_FIELD'],
    ['SELECT Id FROM Nope', 'INVALID_TYPE'],
    ['SELECT (SELECT Id FROM Nopes) FROM Lead', 'INVALID_TYPE'],
    ['SELECT Id, Id FROM Lead', 'INVALID_FIELD'],
    ['SELECT Id FROM Lead WHERE', 'MALFORMED_QUERY'],
    ["SELECT Id FROM Lead WHERE City = 'a' AND City = 'b' OR City = 'c'", 'MALFORMED_QUERY'],
    ["SELECT Id FROM Lead WHERE Lead_Score__c = '1'", 'INVALID_FIELD'],
    ['SELECT Id FROM Lead WHERE City = 1', 'INVALID_FIELD'],
    ["SELECT Id FROM Lead WHERE Id = 'abc'", 'INVALID_QUERY_FILTER_OPERATOR'],
    ['SELECT Id FROM Lead WHERE CreatedDate = 2026-01-01', 'INVALID_FIELD'],
    ["SELECT Id FROM Lead WHERE Description = 'x'", 'INVALID_FIELD'],
    ["SELECT Id FROM Lead WHERE Lead_Score__c LIKE '1%'", 'INVALID_QUERY_FILTER_OPERATOR'],
    ['SELECT Name, COUNT(Id) FROM Lead', 'MALFORMED_QUERY'],
    ['SELECT Name n FROM Lead', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Lead FOR UPDATE', 'MALFORMED_QUERY'],
    ['SELECT FIELDS(ALL) FROM Lead', 'MALFORMED_QUERY'],
    ['SELECT TYPEOF Owner WHEN Account THEN Name END FROM Task', 'MALFORMED_QUERY'],
    ['SELECT TYPEOF Account WHEN Account THEN Name END FROM Contact', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Lead USING SCOPE team', 'NOT_IMPLEMENTED'],
    ['SELECT Id FROM CampaignMember USING SCOPE mine', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Lead WITH USER_MODE', 'NOT_IMPLEMENTED'],
    ['SELECT toLabel(City) FROM Lead', 'MALFORMED_QUERY'],
    ['SELECT convertCurrency(AnnualRevenue) FROM Lead', 'NOT_IMPLEMENTED'],
    ["SELECT Id FROM Lead WHERE DISTANCE(Address, GEOLOCATION(1,2), 'mi') < 20", 'NOT_IMPLEMENTED'],
    ['SELECT COUNT(Id) FROM Lead GROUP BY CUBE(Status, City, Title, Country)', 'MALFORMED_QUERY'],
    ['SELECT GROUPING(Status), COUNT(Id) FROM Lead GROUP BY Status', 'MALFORMED_QUERY'],
  ])('%s', async (soql, code) => {
    expect((await refusal(client.query(soql)))[0]).toBe(code);
  });
});
