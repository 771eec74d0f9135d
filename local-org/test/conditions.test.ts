import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { start } from './support/server.ts';
import type { Running } from './support/server.ts';

let now = Date.UTC(2026, 10, 21, 10);
let running: Running;
beforeAll(async () => {
  running = await start({}, () => now);
});
afterAll(() => running.stop());

const minute = 60_000;
const at = (instant: number) => new Date(instant).toUTCString();
const base = '/services/data/v66.0/sobjects';
const call = (
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: string | Buffer<ArrayBuffer>,
) =>
  fetch(`${running.url}${base}${path}`, {
    method,
    headers: { authorization: `Bearer ${running.client.accessToken!}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  });
const status = async (...asked: Parameters<typeof call>) => (await call(...asked)).status;
const create = async (type: string, fields: Record<string, string>) =>
  (await running.client.sobject(type).create(fields)).id!;

describe('a record', () => {
  test('is not sent again as long as it is as it was', async () => {
    const id = await create('Lead', { LastName: 'A', Company: 'B' });
    const first = await call(`/Lead/${id}`);
    expect([first.headers.get('last-modified'), first.headers.get('etag')]).toEqual([at(now), null]);
    const since = { 'if-modified-since': at(now) };
    const known = await call(`/Lead/${id}`, since);
    expect([known.status, await known.text()]).toEqual([304, '']);
    now += minute;
    await running.client.sobject('Lead').update({ Id: id, Title: 'T' });
    expect(await status(`/Lead/${id}`, since)).toBe(200);
    expect(await status(`/Lead/${id}`, { 'if-modified-since': 'yesterday' })).toBe(200);
  });

  test('is changed or deleted only as the client knows it', async () => {
    const id = await create('Account', { Name: 'A' });
    const etag = (await call(`/Account/${id}`)).headers.get('etag')!;
    expect(await status(`/Account/${id}`, { 'if-none-match': etag })).toBe(304);
    now += minute;
    expect(await status(`/Account/${id}`, { 'if-match': etag }, 'PATCH', '{"Name":"B"}')).toBe(204);
    const late = await call(`/Account/${id}`, { 'if-match': etag }, 'PATCH', '{"Name":"C"}');
    expect([late.status, await late.json()]).toMatchObject([412, [{ errorCode: 'PRECONDITION_FAILED' }]]);
    expect(await status(`/Account/${id}`, { 'if-none-match': etag })).toBe(200);
    expect(await status(`/Account/${id}`, { 'if-unmodified-since': at(now - minute) }, 'DELETE')).toBe(412);
    expect((await running.client.sobject('Account').retrieve(id))['Name']).toBe('B');
    expect(await status(`/Account/${id}`, { 'if-unmodified-since': at(now) }, 'DELETE')).toBe(204);
  });
});

test('describes are not sent again while the metadata is the same', async () => {
  for (const path of ['/Lead/describe', '']) {
    const modified = (await call(path)).headers.get('last-modified')!;
    expect(await status(path, { 'if-modified-since': modified })).toBe(304);
    expect(await status(path, { 'if-modified-since': at(Date.parse(modified) - minute) })).toBe(200);
  }
});

describe('gzip', () => {
  /** Without a client that unpacks by itself. */
  const raw = (path: string, headers: Record<string, string>) =>
    new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
      const authorization = `Bearer ${running.client.accessToken!}`;
      const url = `${running.url}${base}${path}`;
      request(url, { headers: { authorization, ...headers } }, (response) => {
        buffer(response).then((body) => {
          resolve({ encoding: response.headers['content-encoding'], body });
        }, reject);
      }).end();
    });

  test('packs answers for those who take them', async () => {
    const packed = await raw('/Lead/describe', { 'accept-encoding': 'br, gzip' });
    const plain = await raw('/Lead/describe', {});
    expect([packed.encoding, plain.encoding]).toEqual(['gzip', undefined]);
    expect(packed.body.length).toBeLessThan(plain.body.length / 4);
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
  });

  test('unpacks requests, and refuses what it cannot unpack', async () => {
    const lead = gzipSync(JSON.stringify({ LastName: 'Packed', Company: 'B' }));
    const response = await call('/Lead', { 'content-encoding': 'gzip' }, 'POST', lead);
    const { id } = (await response.json()) as { id: string };
    expect((await running.client.sobject('Lead').retrieve(id))['LastName']).toBe('Packed');
    expect(await status('/Lead', { 'content-encoding': 'br' }, 'POST', lead)).toBe(415);
    expect(await status('/Lead', { 'content-encoding': 'gzip' }, 'POST', 'not gzip')).toBe(400);
  });
});
