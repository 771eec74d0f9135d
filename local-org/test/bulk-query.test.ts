import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
let client: Connection;
const jobs = '/services/data/v66.0/jobs/query';

beforeAll(async () => {
  running = await start();
  client = running.client;
  client.bulk2.pollInterval = 5;
  const admin = running.org.user('admin@local-org.example')!;
  const leads = Array.from({ length: 4500 }, (_, i) => ({ LastName: `L${i}`, Company: `C "${i}"` }));
  running.org.insert(admin, 'Lead', leads);
});
afterAll(() => running.stop());

/** Runs a query job and reads all its pages. */
async function read(query: string, maxRecords: number, operation = 'query') {
  const { id } = await client.requestPost<{ id: string }>(jobs, { operation, query });
  const job = client.bulk2.job('query', { id });
  await job.poll(5, 5000);
  const pages: string[] = [];
  for (let locator = ''; locator !== 'null';) {
    const url = `${running.url}${jobs}/${id}/results?maxRecords=${maxRecords}${locator && `&locator=${locator}`}`;
    const page = await fetch(url, { headers: { authorization: `Bearer ${client.accessToken!}` } });
    pages.push(await page.text());
    locator = page.headers.get('sforce-locator')!;
  }
  return { pages, info: await job.check() };
}

test('the client reads all records', async () => {
  const records = await (await client.bulk2.query('SELECT Id, Company, Owner.Name FROM Lead ORDER BY Id')).toArray();
  expect(records).toHaveLength(4500);
  expect(records[4321]).toMatchObject({ Company: 'C "4321"', 'Owner.Name': 'Alex Admin' });
});

test('results come in pages, each with the header', async () => {
  const { pages, info } = await read('SELECT LastName, IsConverted, Title, CreatedDate FROM Lead ORDER BY Id', 2000);
  expect(pages.map((page) => page.split('\n').length - 2)).toEqual([2000, 2000, 500]);
  for (const page of pages) expect(page).toMatch(/^"LastName","IsConverted","Title","CreatedDate"\n/);
  expect(pages[1]).toMatch(/\n"L2000","false","","\d{4}-\d\d-\d\dT[\d:.]+Z"\n/);
  expect(info).toMatchObject({ state: 'JobComplete', object: 'Lead', numberRecordsProcessed: 4500 });
});

test('queryAll finds deleted records too', async () => {
  const { id } = await client.sobject('Contact').create({ LastName: 'Gone' });
  await client.sobject('Contact').destroy(id!);
  const soql = 'SELECT Id FROM Contact';
  expect((await read(soql, 10)).pages).toEqual(['"Id"\n']);
  expect((await read(soql, 10, 'queryAll')).pages).toEqual([`"Id"\n"${id!}"\n`]);
});

test('a query that Bulk cannot run is refused at once', async () => {
  const open = async (query: string) => (await refusal(client.requestPost(jobs, { operation: 'query', query })))[0];
  expect(await open('SELECT FROM Lead')).toBe('MALFORMED_QUERY');
  expect(await open('SELECT Foo__c FROM Lead')).toBe('INVALID_FIELD');
  expect(await open('SELECT COUNT(Id) FROM Lead')).toBe('API_ERROR');
  expect(await open('SELECT Id, (SELECT Id FROM Contacts) FROM Account')).toBe('API_ERROR');
});
