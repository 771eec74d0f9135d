import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createIngester, type Ingester } from '../../src/ingester.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { StoreFull, type Store } from '../../src/store/store.ts';
import { testConfig } from '../support/config.ts';
import { keptLog } from '../support/log.ts';
import { noSalesforce } from '../support/no-salesforce.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const event = '{"specversion":"1.0","id":"1","source":"/s","type":"page.view"}';

/** What the contract promises to senders: section 2. */
describe('HTTP answers', () => {
  let ingester: Ingester;
  let store: Store;
  let base: string;
  const log = keptLog();

  beforeAll(async () => {
    store = openSqliteStore({ folder: ':memory:', highWaterMark: 1000, retryUnmatched: 1000 });
    ingester = createIngester({
      config: testConfig(),
      store,
      salesforce: noSalesforce,
      fetch,
      clock: Date.now,
      random: () => 0,
      log,
    });
    base = await ingester.start();
  });
  afterAll(() => ingester.stop());

  test.each([
    ['an accepted delivery', 200, 'POST', '/in/ac?secret=s3cret', form, 'type=open&contact[id]=1'],
    ['the same again', 200, 'POST', '/in/ac?secret=s3cret', form, 'type=open&contact[id]=1'],
    [
      'an accepted CloudEvent',
      202,
      'POST',
      '/in/cloudevents',
      { 'content-type': 'application/cloudevents+json' },
      event,
    ],
    [
      'authenticated but unreadable',
      202,
      'POST',
      '/in/cloudevents',
      { 'content-type': 'application/cloudevents+json' },
      '{',
    ],
    ['no body and no content type', 200, 'POST', '/in/generic', {}, undefined],
    ['a content type that is none', 200, 'POST', '/in/generic', { 'content-type': ';;' }, '{"type":"a"}'],
    ['an unknown connection', 404, 'POST', '/in/nobody', form, 'type=open'],
    ['a connection named like a property of every object', 404, 'POST', '/in/constructor', form, 'type=open'],
    ['no secret', 401, 'POST', '/in/ac', form, 'type=open'],
    ['a wrong secret', 401, 'POST', '/in/ac?secret=S3cret', form, 'type=open'],
    ['a wrong signature', 401, 'POST', '/in/segment', { 'x-signature': '00' }, '{"type":"track"}'],
    ['a body over the limit', 413, 'POST', '/in/generic', {}, 'x'.repeat(1_048_577)],
    ['a body over the limit to nobody', 404, 'POST', '/in/nobody', {}, 'x'.repeat(1_048_577)],
    ['a GET probe', 200, 'GET', '/in/ac', {}, undefined],
    ['a HEAD probe', 200, 'HEAD', '/in/ac', {}, undefined],
    ['a GET probe of nobody', 404, 'GET', '/in/nobody', {}, undefined],
    ['a HEAD probe of nobody', 404, 'HEAD', '/in/nobody', {}, undefined],
    ['an OPTIONS of nobody', 404, 'OPTIONS', '/in/nobody', {}, undefined],
    ['health', 200, 'GET', '/healthz', {}, undefined],
    ['readiness, although the org cannot be reached', 200, 'GET', '/readyz', {}, undefined],
  ])('%s: %i', async (_case, status, method, path, headers, body) => {
    const init = { method, headers: headers as Record<string, string>, ...(body !== undefined && { body }) };
    const response = await fetch(base + path, init);
    expect(response.status).toBe(status);
  });

  test('the CloudEvents handshake', async () => {
    const headers = { 'WebHook-Request-Origin': 'events.example.com', 'WebHook-Request-Rate': '120' };
    const response = await fetch(`${base}/in/cloudevents`, { method: 'OPTIONS', headers });
    expect(response.status).toBe(200);
    expect(response.headers.get('webhook-allowed-origin')).toBe('events.example.com');
    expect(response.headers.get('webhook-allowed-rate')).toBe('*');
  });

  test('a request that breaks off is no delivery', async () => {
    const { counts: before } = await ingester.status();
    const { hostname, port } = new URL(base);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write('POST /in/generic HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"type":');
        socket.end();
      });
      socket.resume().on('close', () => {
        resolve();
      });
    });
    const { counts: after } = await ingester.status();
    expect(after.ledger + after.deadLetters + after.inbox).toBe(before.ledger + before.deadLetters + before.inbox);
  });

  test('secrets reach neither the log nor the store', async () => {
    await fetch(`${base}/in/ac?secret=s3cret`, { method: 'POST', headers: form, body: '%' });
    await fetch(`${base}/in/ac`, { method: 'POST', headers: { ...form, authorization: 'Bearer s3cret' }, body: '%' });
    expect(JSON.stringify(log.lines)).not.toContain('s3cret');
    const letters = await store.deadLetters(100);
    expect(letters.length).toBeGreaterThan(0);
    expect(JSON.stringify(letters)).not.toContain('s3cret');
  });

  test('metrics and status tell what waits', async () => {
    const metrics = await (await fetch(`${base}/metrics`)).text();
    expect(metrics).toMatch(/^scoreline_dead_letters [1-9]/m);
    expect(metrics).toMatch(/^scoreline_step_failing\{step="evaluate"\} 1$/m);
    expect(await (await fetch(`${base}/status`)).json()).toMatchObject({ failures: { evaluate: 'Retryable NETWORK' } });
  });
});

describe('a store that takes nothing', () => {
  let ingester: Ingester;
  afterEach(() => ingester.stop());

  test.each([
    ['is full', new StoreFull('full')],
    ['fails', new Error('disk I/O error')],
  ])('and %s: 503 with Retry-After', async (_case, error) => {
    const store = openSqliteStore({ folder: ':memory:', highWaterMark: 1000, retryUnmatched: 1000 });
    const failing = { ...store, append: () => Promise.reject(error) };
    const parts = { config: testConfig(), salesforce: noSalesforce, fetch, clock: Date.now, log: keptLog() };
    ingester = createIngester({ ...parts, random: () => 0, store: failing });
    const response = await fetch(`${await ingester.start()}/in/generic`, { method: 'POST', body: '{"type":"a"}' });
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
