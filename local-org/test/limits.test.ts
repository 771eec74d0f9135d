import { afterEach, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { usernames } from '../src/seed.ts';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

const hour = 3_600_000;
let now = Date.UTC(2026, 10, 21);
let running: Running;
const begin = async (options: Parameters<typeof start>[0] = {}) => (running = await start(options, () => now));
afterEach(() => running.stop());

const headers = () => ({ authorization: `Bearer ${running.client.accessToken!}` });
const get = (path: string, more = {}) => fetch(`${running.url}${path}`, { headers: { ...headers(), ...more } });
const limits = '/services/data/v66.0/limits';

describe('the calls of a day', () => {
  test('are counted over all APIs but CometD and OAuth, and refused when they are used up', async () => {
    const { client, url, org, sessions } = await begin({ dailyApiRequests: 5 });
    const async = { 'x-sfdc-session': sessions.start(org.user(usernames.admin)!) };
    await get('/services/data/v66.0/ui-api/object-info/Lead');
    await get('/services/async/66.0/job/750000000000001AAA', async);
    const soap = new Connection({ version: '66.0', loginUrl: url });
    await soap.login(usernames.admin, 'local-org-password');
    await fetch(`${url}/cometd/66.0`, { method: 'POST', body: '[]', headers: { 'content-type': 'application/json' } });
    await fetch(`${url}/services/data`);
    expect((await get(limits)).headers.get('sforce-limit-info')).toBe('api-usage=4/5');
    expect(await client.limits()).toMatchObject({ DailyApiRequests: { Max: 5, Remaining: 0 } });

    const exceeded = ['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'];
    expect(await refusal(client.query('SELECT Id FROM Lead'))).toEqual(exceeded);
    const response = await get(limits);
    expect([response.status, response.headers.get('sforce-limit-info')]).toEqual([403, 'api-usage=5/5']);
    const refused = await get('/services/async/66.0/job/750000000000001AAA', async);
    expect(await refused.text()).toContain('<exceptionCode>REQUEST_LIMIT_EXCEEDED</exceptionCode>');
    await expect(soap.login(usernames.admin, 'local-org-password')).rejects.toThrow('REQUEST_LIMIT_EXCEEDED');

    now += 25 * hour;
    expect(await client.limits()).toMatchObject({ DailyApiRequests: { Remaining: 4 } });
  });

  test('each call of a batch counts, a composite call counts once', async () => {
    const { client } = await begin();
    const used = () => client.limitInfo.apiUsage!.used;
    await client.limits();
    const before = used();
    const url = '/services/data/v66.0/limits';
    await client.requestPost('/services/data/v66.0/composite', {
      compositeRequest: ['a', 'b'].map((referenceId) => ({ method: 'GET', url, referenceId })),
    });
    expect(used()).toBe(before + 1);
    const batchRequests = [1, 2, 3].map(() => ({ method: 'GET', url: 'v66.0/limits' }));
    await client.requestPost('/services/data/v66.0/composite/batch', { batchRequests });
    expect(used()).toBe(before + 4);
  });
});

test('of calls that take 20 seconds, 25 run at once', async () => {
  const { url } = await begin({ faults: true });
  const fault = { path: '/sobjects$', times: 25, latencyMs: 600_000 };
  const json = { 'content-type': 'application/json' };
  await fetch(`${url}/local-org/faults`, { method: 'POST', headers: json, body: JSON.stringify(fault) });
  const abort = new AbortController();
  const slow = Array.from({ length: 25 }, () =>
    fetch(`${url}/services/data/v66.0/sobjects`, { headers: headers(), signal: abort.signal }).catch(() => undefined),
  );
  const left = async () => ((await (await fetch(`${url}/local-org/faults`)).json()) as unknown[]).length;
  while ((await left()) > 0);
  now += 19_999;
  expect((await get(limits)).status).toBe(200);
  now += 1;
  expect(await (await get(limits)).json()).toMatchObject([
    { errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.' },
  ]);
  abort.abort();
  await Promise.all(slow);
  while ((await get(limits)).status !== 200);
});

test('a call whose line was cut runs no longer', async () => {
  const { url } = await begin({ faults: true });
  for (const dropConnection of ['before', 'after']) {
    const body = JSON.stringify({ path: '/limits', times: 25, dropConnection });
    await fetch(`${url}/local-org/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    for (let i = 0; i < 25; i++) await expect(get(limits)).rejects.toThrow('fetch failed');
  }
  now += 60_000;
  expect((await get(limits)).status).toBe(200);
});

test('an address and its headers have a size', async () => {
  await begin();
  const query = (length: number) => `/services/data/v66.0/query?q=${'x'.repeat(length)}`;
  expect((await get(query(16_400))).status).toBe(414);
  expect((await get(query(16_000), { 'x-more': 'x'.repeat(400) })).status).toBe(431);
  expect((await get(query(15_000))).status).toBe(400);
});

test('a SOQL statement has a length', async () => {
  const { client } = await begin();
  const query = `SELECT Id FROM Lead WHERE LastName = '${'x'.repeat(100_000)}'`;
  const open = client.requestPost('/services/data/v66.0/jobs/query', { operation: 'query', query });
  expect((await refusal(open))[1]).toContain('SOQL statements cannot be longer than 100000 characters');
});

test('the records of objects are counted', async () => {
  const { client } = await begin();
  await client.sobject('Lead').create({ LastName: 'A', Company: 'B' });
  expect(await client.request(`${limits}/recordCount?sObjects=Lead,campaign`)).toEqual({
    sObjects: [
      { count: 1, name: 'Lead' },
      { count: 0, name: 'Campaign' },
    ],
  });
  const all = await client.request<{ sObjects: object[] }>(`${limits}/recordCount`);
  expect(all.sObjects).toContainEqual({ count: 4, name: 'User' });
  expect((await refusal(client.request(`${limits}/recordCount?sObjects=Nothing`)))[0]).toBe('INVALID_TYPE');
});
