import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createAccept } from '../../src/inbox/accept.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import { testConfig } from '../support/config.ts';
import { NOW, request } from '../support/request.ts';

/** Messages of our own, signed with a key that exists no more. */
const messages = JSON.parse(readFileSync(new URL('../fixtures/sns.json', import.meta.url), 'utf8')) as {
  certificate: string;
} & Record<'version2' | 'confirmation', Record<string, string>>;
const { version2: notification, confirmation } = messages;

describe('what SNS makes us ask of Amazon', () => {
  let amazon: Server;
  let asked: string[];
  let answer: (path: string) => { status: number; body: string };
  let store: Store;
  let now: number;

  beforeEach(async () => {
    asked = [];
    now = NOW;
    answer = (path) => ({ status: 200, body: path.endsWith('.pem') ? messages.certificate : '<Confirmed/>' });
    amazon = createServer((incoming, outgoing) => {
      asked.push(`${String(incoming.headers['x-host'])}${incoming.url}`);
      const { status, body } = answer(incoming.url!.split('?')[0]!);
      outgoing.writeHead(status, status === 302 ? { location: '/elsewhere.pem' } : {}).end(body);
    });
    await new Promise<void>((resolve) => amazon.listen(0, '127.0.0.1', resolve));
    store = openSqliteStore({ folder: ':memory:', highWaterMark: 1000, retryUnmatched: 1000 });
  });
  afterEach(async () => {
    amazon.closeAllConnections();
    await new Promise((resolve) => amazon.close(resolve));
    await store.close();
  });

  /** Amazon's hosts lead to the server above, over a real socket. */
  const atAmazon = (input: string, init?: RequestInit): Promise<Response> => {
    const { host, pathname, search } = new URL(input);
    const { port } = amazon.address() as AddressInfo;
    return fetch(`http://127.0.0.1:${port}${pathname}${search}`, { ...init, headers: { 'x-host': host } });
  };

  const receiver = (settings: object = { topics: [notification['TopicArn']!] }) => {
    const config = testConfig({ connections: { mail: { adapter: 'ses-sns', ...settings } } });
    const accept = createAccept({ config, store, clock: () => now, fetch: atAmazon as typeof fetch });
    return (envelope: object) => accept('mail', request(JSON.stringify(envelope), { 'content-type': 'text/plain' }));
  };
  const host = new URL(notification['SigningCertURL']!).host;
  const certificateAt = `${host}${new URL(notification['SigningCertURL']!).pathname}`;

  test('the certificate is fetched once, and again after a day', async () => {
    const send = receiver();
    expect(await send(notification)).toMatchObject({ kind: 'accepted' });
    expect(await Promise.all([send(notification), send(notification)])).toMatchObject([
      { kind: 'accepted' },
      { kind: 'accepted' },
    ]);
    expect(asked).toEqual([certificateAt]);
    now += 24 * 3_600_000;
    await send(notification);
    expect(asked).toEqual([certificateAt, certificateAt]);
  });

  test('a host that is not Amazon’s, or a topic that is not ours, is not asked for anything', async () => {
    const send = receiver();
    expect(await send({ ...notification, SigningCertURL: 'https://evil.test/a.pem' })).toMatchObject({
      kind: 'rejected',
    });
    expect(await send({ ...notification, TopicArn: 'arn:aws:sns:eu-west-1:1:other' })).toMatchObject({
      kind: 'rejected',
    });
    expect(asked).toEqual([]);
  });

  test('certificates in the configuration are the only ones', async () => {
    const send = receiver({ topics: [notification['TopicArn']!], certificates: {} });
    expect(await send(notification)).toMatchObject({ kind: 'rejected' });
    expect(asked).toEqual([]);
  });

  test('nothing is asked where nothing needs to be signed', async () => {
    const send = receiver({ topics: [notification['TopicArn']!], allowUnsigned: true });
    expect(await send(notification)).toMatchObject({ kind: 'accepted' });
    expect(asked).toEqual([]);
  });

  test.each([
    ['an error', 500, ''],
    ['a redirect', 302, ''],
    ['an endless answer', 200, 'x'.repeat(70_000)],
  ])('%s makes the sender come back, and the next one is asked anew', async (_name, status, body) => {
    const send = receiver();
    answer = () => ({ status, body });
    await expect(send(notification)).rejects.toThrow(`${host} could not be asked`);
    expect(asked).toEqual([certificateAt]);
    answer = () => ({ status: 200, body: messages.certificate });
    expect(await send(notification)).toMatchObject({ kind: 'accepted' });
  });

  test('what is no certificate proves nothing', async () => {
    answer = () => ({ status: 200, body: 'no certificate' });
    expect(await receiver()(notification)).toMatchObject({ kind: 'rejected' });
  });

  test('a subscription to a topic of ours is confirmed before it is answered', async () => {
    expect(await receiver({ topics: [confirmation['TopicArn']!] })(confirmation)).toMatchObject({ kind: 'accepted' });
    const url = new URL(confirmation['SubscribeURL']!);
    expect(asked).toEqual([certificateAt, `${url.host}${url.pathname}${url.search}`]);
  });

  test('one to any other topic is not, nor is one without a good signature', async () => {
    await receiver({})(confirmation);
    expect(asked).toEqual([certificateAt]);
    await receiver({ topics: [confirmation['TopicArn']!] })({ ...confirmation, Token: 'forged' });
    expect(asked).toEqual([certificateAt, certificateAt]);
  });
});
