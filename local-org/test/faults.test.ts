import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Fault } from '../src/faults/faults.ts';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
const faults = async (method: string, body?: unknown) =>
  fetch(`${running.url}/local-org/faults`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
const add = async (fault: Fault) => {
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

test('a fault that makes no sense is refused', async () => {
  expect((await faults('POST', { times: 0 })).status).toBe(400);
  expect((await faults('POST', { times: 1, delay: 3 })).status).toBe(400);
});

test('without --faults there is no such address', async () => {
  const plain = await start();
  expect((await fetch(`${plain.url}/local-org/faults`)).status).toBe(404);
  await plain.stop();
});
