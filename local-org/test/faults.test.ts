import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { CallFault } from '../src/faults/call-fault.ts';
import { wait } from '../src/faults/call-fault.ts';
import { connect, refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
const faults = async (method: string, body?: unknown) =>
  fetch(`${running.url}/local-org/faults`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
const add = async (fault: Omit<CallFault, 'on'>) => {
  expect((await faults('POST', fault)).status).toBe(201);
};
const lead = { LastName: 'Ada', Company: 'Acme' };
const create = () => running.client.sobject('Lead').create(lead);
const count = () =>
  running.org.query(running.org.user('admin@local-org.example')!, 'SELECT COUNT() FROM Lead').totalSize;

beforeAll(async () => {
  running = await start({ faults: true });
});
afterEach(() => faults('DELETE'));
afterAll(() => running.stop());

test('a fault meets as many calls as it was asked for, in order, and only those that match', async () => {
  await add({ path: '/sobjects/Lead', method: 'post', times: 1, status: 503 });
  await add({ path: '/sobjects/Lead', times: 1, errorCode: 'REQUEST_LIMIT_EXCEEDED' });
  await running.client.query('SELECT Id FROM Lead');
  expect((await refusal(create()))[0]).toBe('SERVER_UNAVAILABLE');
  expect(await refusal(create())).toEqual(['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.']);
  expect((await create()).success).toBe(true);
});

test('every row of a collection can meet a lock', async () => {
  const before = count();
  await add({ times: 1, rowError: 'UNABLE_TO_LOCK_ROW' });
  expect(await running.client.sobject('Lead').create([lead, lead])).toMatchObject(
    [1, 2].map(() => ({ success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW' }] })),
  );
  expect(count()).toBe(before);

  await add({ path: '/composite', times: 1, rowError: 'UNABLE_TO_LOCK_ROW' });
  const rows = { records: [{ attributes: { type: 'Lead' }, ...lead }] };
  const url = '/services/data/v66.0/composite/sobjects';
  const composite = { compositeRequest: [{ method: 'POST', url, referenceId: 'rows', body: rows }] };
  const answer = await running.client.requestPost('/services/data/v66.0/composite', composite);
  expect(JSON.stringify(answer)).toContain('unable to obtain exclusive access to this record');
  expect(count()).toBe(before);
});

test('a connection drops before the write, or after it', async () => {
  const before = count();
  await add({ times: 1, dropConnection: 'before' });
  await expect(create()).rejects.toThrow(/failed/);
  expect(count()).toBe(before);
  await add({ times: 1, dropConnection: 'after' });
  await expect(create()).rejects.toThrow(/failed/);
  expect(count()).toBe(before + 1);
});

test('some rows of a collection fail, and with allOrNone all do', async () => {
  const before = count();
  const fault = { times: 1, rowError: 'UNABLE_TO_LOCK_ROW', rows: [1] };
  const statuses = (results: unknown) =>
    (results as { success: boolean; errors: { statusCode: string }[] }[]).map(
      ({ success, errors }) => success || errors[0]!.statusCode,
    );
  await add(fault);
  const partly = await running.client.sobject('Lead').create([lead, lead, lead]);
  expect(statuses(partly)).toEqual([true, 'UNABLE_TO_LOCK_ROW', true]);
  expect(count()).toBe(before + 2);
  await add(fault);
  const none = await running.client.sobject('Lead').create([lead, lead, lead], { allOrNone: true });
  expect(statuses(none)).toEqual([
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    'UNABLE_TO_LOCK_ROW',
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  ]);
  expect(count()).toBe(before + 2);
});

test('without `times` a fault stands until it is cleared', async () => {
  await add({ errorCode: 'REQUEST_LIMIT_EXCEEDED' });
  for (let i = 0; i < 3; i++) expect((await refusal(create()))[0]).toBe('REQUEST_LIMIT_EXCEEDED');
  await faults('DELETE');
  expect((await create()).success).toBe(true);
});

test('a session expires for good, and a client that can log in again goes on', async () => {
  const client = connect(running.url);
  await client.authorize({ grant_type: 'client_credentials' });
  await add({ times: 1, expireSession: true, errorCode: 'INVALID_SESSION_ID' });
  const call = () =>
    fetch(`${running.url}/services/data/v66.0/limits`, { headers: { authorization: `Bearer ${client.accessToken!}` } });
  expect([(await call()).status, (await call()).status]).toEqual([401, 401]);
  await client.authorize({ grant_type: 'client_credentials' });
  expect((await call()).status).toBe(200);
});

test('an answer that ends in the middle was still worked for', async () => {
  const before = count();
  await add({ times: 1, malformedBody: true });
  const response = await fetch(`${running.url}/services/data/v66.0/sobjects/Lead`, {
    method: 'POST',
    body: JSON.stringify(lead),
    headers: { authorization: `Bearer ${running.client.accessToken!}`, 'content-type': 'application/json' },
  });
  expect(response.status).toBe(201);
  await expect(response.json()).rejects.toThrow(/JSON/);
  expect(count()).toBe(before + 1);
});

test('an answer can come piece by piece, and whole in the end', async () => {
  await add({ times: 1, slowBodyMs: 50 });
  const response = await fetch(`${running.url}/services/data`);
  expect(response.headers.get('transfer-encoding')).toBe('chunked');
  expect(await response.json()).toContainEqual(expect.objectContaining({ version: '66.0' }));
});

test('latencies lie where they were asked for', () => {
  const numbers = Array.from({ length: 2000 }, (_, i) => ((i * 7919) % 2003) / 2003);
  const random = () => numbers.push(numbers.shift()!) && numbers[0]!;
  const many = (latency: Parameters<typeof wait>[0]) =>
    Array.from({ length: 1000 }, () => wait(latency, random)).sort((a, b) => a - b);
  expect(new Set(many(7))).toEqual(new Set([7]));
  const even = many({ min: 20, max: 80 });
  expect([even[0]! >= 20, even.at(-1)! <= 80]).toEqual([true, true]);
  expect(even[500]).toBeCloseTo(50, -1);
  const normal = many({ median: 100, p99: 1000 });
  expect(normal[500]! / 100).toBeCloseTo(1, 0);
  expect(normal[989]!).toBeGreaterThan(500);
  expect(normal[989]!).toBeLessThan(2000);
});

test('a fault that makes no sense is refused, with what is wrong', async () => {
  expect((await faults('POST', { times: 0 })).status).toBe(400);
  const told = async (fault: object) =>
    ((await (await faults('POST', fault)).json()) as [{ message: string }])[0].message;
  expect(await told({ times: 1, delay: 3 })).toContain('"delay"');
  expect(await told({ path: '(' })).toBe('path: a regular expression is expected');
  expect(await told({ on: 'moon' })).toContain('on: ');
});

test('without --faults there is no such address', async () => {
  const plain = await start();
  expect((await fetch(`${plain.url}/local-org/faults`)).status).toBe(404);
  await plain.stop();
});
