import { createVerify, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Permanent, Retryable, SessionExpired, Throttled } from '../../src/salesforce/errors.ts';
import { createSalesforce } from '../../src/salesforce/salesforce.ts';
import type { SessionOptions } from '../../src/salesforce/session.ts';

/** A token endpoint and whatever a test wants to answer to queries: states of a session that a real org seldom shows. */
async function orgThat(answer: (request: IncomingMessage, response: ServerResponse, token: string) => void) {
  const logins: URLSearchParams[] = [];
  const server: Server = createServer((request, response) => {
    if (request.url !== '/services/oauth2/token') {
      answer(request, response, request.headers.authorization ?? '');
      return;
    }
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      logins.push(new URLSearchParams(body));
      json(response, 200, {
        access_token: `token-${logins.length}`,
        instance_url: url(),
        id: 'https://login.salesforce.com/id/00D000000000001AAA/005000000000001AAA',
      });
    });
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: url(), logins };
}

const closers: (() => void)[] = [];
const json = (response: ServerResponse, status: number, body: unknown) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
const rows = { done: true, totalSize: 1, records: [{ attributes: { type: 'Lead' }, Id: '1' }] };
const expired = [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }];
const connect = (loginUrl: string, more: Partial<SessionOptions> = {}) =>
  createSalesforce({
    loginUrl,
    credentials: { kind: 'client credentials', clientId: 'id', clientSecret: 'secret' },
    timeout: 2000,
    concurrency: 3,
    clock: Date.now,
    ...more,
  });

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

describe('a session', () => {
  test('logs in once for all calls, and says who calls', async () => {
    const seen = new Set<string | undefined>();
    const org = await orgThat((request, response) => {
      seen.add(request.headers['sforce-call-options'] as string);
      json(response, 200, rows);
    });
    const salesforce = connect(org.url);
    await Promise.all([salesforce.query('a'), salesforce.query('b'), salesforce.query('c')]);
    expect(org.logins.map((login) => login.get('grant_type'))).toEqual(['client_credentials']);
    expect([...seen]).toEqual(['client=scoreline']);
  });

  test('renews an expired session once for all calls that found it expired', async () => {
    const org = await orgThat((_request, response, token) => {
      if (token === 'Bearer token-1') json(response, 401, expired);
      else json(response, 200, rows);
    });
    const salesforce = connect(org.url);
    const answers = await Promise.all([salesforce.query('a'), salesforce.query('b'), salesforce.query('c')]);
    expect(answers.flat()).toHaveLength(3);
    expect(org.logins).toHaveLength(2);
  });

  test('does not log in for ever when the new session is refused too', async () => {
    const org = await orgThat((_request, response) => {
      json(response, 401, expired);
    });
    await expect(connect(org.url).query('a')).rejects.toThrow(SessionExpired);
    expect(org.logins).toHaveLength(2);
  });

  test('never waits longer than the timeout', async () => {
    const org = await orgThat(() => undefined);
    await expect(connect(org.url, { timeout: 100 }).query('a')).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  test('keeps to its number of calls at once', async () => {
    const held: ServerResponse[] = [];
    let most = 0;
    const org = await orgThat((_request, response) => {
      held.push(response);
      most = Math.max(most, held.length);
      // Answered when no other request can be on its way any more.
      setTimeout(() => {
        held.splice(held.indexOf(response), 1);
        json(response, 200, rows);
      }, 20);
    });
    const salesforce = connect(org.url, { concurrency: 2 });
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((soql) => salesforce.query(soql)));
    expect(most).toBe(2);
  });

  test.each([
    [503, [{ errorCode: 'SERVER_UNAVAILABLE', message: 'busy' }], Retryable],
    [403, [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'none left' }], Throttled],
    [400, [{ errorCode: 'MALFORMED_QUERY', message: 'what?' }], Permanent],
    [502, '<html>Bad Gateway</html>', Retryable],
  ])('%i says what to do, and is not repeated behind our back', async (status, body, type) => {
    let calls = 0;
    const org = await orgThat((_request, response) => {
      calls += 1;
      if (typeof body === 'string') response.writeHead(status, { 'content-type': 'text/html' }).end(body);
      else json(response, status, body);
    });
    await expect(connect(org.url).query('a')).rejects.toThrow(type);
    expect(calls).toBe(1);
  });

  test('a dropped connection may be tried again', async () => {
    const org = await orgThat((request) => request.socket.destroy());
    await expect(connect(org.url).query('a')).rejects.toThrow(Retryable);
  });

  test('reads all pages, those of child rows too', async () => {
    const org = await orgThat((request, response) => {
      const page = (records: object[], next?: string) => ({
        done: next === undefined,
        totalSize: 9,
        records,
        ...(next && { nextRecordsUrl: `/services/data/v66.0/query/${next}` }),
      });
      const row = (Id: string, more = {}) => ({ attributes: { type: 'Lead' }, Id, ...more });
      const last = request.url?.split('/').pop();
      if (last === 'more') json(response, 200, page([row('2')]));
      else if (last === 'tasks') json(response, 200, page([row('t2')]));
      else json(response, 200, page([row('1', { Tasks: page([row('t1')], 'tasks'), Account: null })], 'more'));
    });
    const [first, second] = await connect(org.url).query('a');
    expect(first).toMatchObject({ Id: '1', Tasks: { records: [{ Id: 't1' }, { Id: 't2' }] } });
    expect(second).toMatchObject({ Id: '2' });
  });

  test('JWT bearer signs for the user, for three minutes', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const org = await orgThat((_request, response) => {
      json(response, 200, rows);
    });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const credentials = { kind: 'JWT bearer' as const, clientId: 'id', username: 'u@x.com', privateKey: pem };
    await connect(org.url, { credentials, clock: () => 1_700_000_000_000 }).query('a');
    const [header = '', claims = '', signature = ''] = org.logins[0]!.get('assertion')!.split('.');
    expect(createVerify('RSA-SHA256').update(`${header}.${claims}`).verify(publicKey, signature, 'base64url')).toBe(
      true,
    );
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      iss: 'id',
      sub: 'u@x.com',
      aud: org.url,
      exp: 1_700_000_180,
    });
  });
});
