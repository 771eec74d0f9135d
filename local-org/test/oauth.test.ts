import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Connection, OAuth2 } from 'jsforce';
import { generateKeyPairSync, sign } from 'node:crypto';
import { cliApp, demoApp } from '../src/oauth/connected-app.ts';
import { connect, start } from './support/server.ts';
import type { Running } from './support/server.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const app = { id: 'signed', publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string };
const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

let running: Running;
let ahead = 0;
beforeAll(async () => {
  running = await start({ apps: [demoApp, cliApp, app] }, () => Date.now() + ahead);
});
afterAll(() => running.stop());

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const claims = () => ({
  iss: app.id,
  sub: 'robin.reed@local-org.example',
  aud: 'https://login.salesforce.com',
  exp: Math.floor(Date.now() / 1000) + 120,
});

function assertion(changes: object = {}, key = privateKey, alg = 'RS256'): string {
  const signed = `${encode({ alg })}.${encode({ ...claims(), ...changes })}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
}

async function token(form: Record<string, string>): Promise<{ status: number; body: Record<string, string> }> {
  const response = await fetch(`${running.url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

test('client credentials give a session of the app’s user', async () => {
  const { body } = await token({
    grant_type: 'client_credentials',
    client_id: demoApp.id,
    client_secret: demoApp.secret!,
  });
  expect(Object.keys(body)).toEqual(
    expect.arrayContaining(['access_token', 'id', 'instance_url', 'issued_at', 'signature', 'token_type']),
  );
  expect(body['access_token']).toMatch(/^00D\w{12,15}![.\w]*$/);
  expect(await running.client.identity()).toMatchObject({ username: demoApp.runAs, organization_id: running.org.id });
});

describe('JWT bearer', () => {
  test('a signed assertion gives a session of the user that it names', async () => {
    const client = connect(running.url);
    await client.authorize({ grant_type, assertion: assertion() });
    expect(await client.identity()).toMatchObject({ username: 'robin.reed@local-org.example' });
  });

  test.each([
    ['signed by another key', () => assertion({}, stranger), 'invalid_grant'],
    ['without a signature', () => assertion().replace(/[^.]+$/, ''), 'invalid_grant'],
    [
      'changed after signing',
      () => assertion().replace(/\.[^.]+\./, `.${encode({ ...claims(), sub: 'admin@local-org.example' })}.`),
      'invalid_grant',
    ],
    ['of the algorithm none', () => assertion({}, privateKey, 'none'), 'invalid_grant'],
    ['of an unknown app', () => assertion({ iss: 'other' }), 'invalid_client_id'],
    ['of an app without a key', () => assertion({ iss: demoApp.id }), 'invalid_grant'],
    ['for another audience', () => assertion({ aud: 'https://example.com' }), 'invalid_grant'],
    ['expired', () => assertion({ exp: 1 }), 'invalid_grant'],
    ['without an expiry', () => assertion({ exp: undefined }), 'invalid_grant'],
    ['that expires in an hour', () => assertion({ exp: Date.now() / 1000 + 3600 }), 'invalid_grant'],
    ['of an unknown user', () => assertion({ sub: 'nobody' }), 'invalid_grant'],
    ['that is no JWT', () => 'abc', 'invalid_grant'],
  ])('refuses one %s', async (_, make, error) => {
    expect(await token({ grant_type, assertion: make() })).toMatchObject({ status: 400, body: { error } });
  });
});

test('wrong credentials and other grants are refused', async () => {
  const grant = { grant_type: 'client_credentials', client_id: demoApp.id };
  expect(await token({ ...grant, client_secret: 'wrong' })).toMatchObject({
    status: 400,
    body: { error: 'invalid_client' },
  });
  expect(await token({ ...grant, client_id: 'wrong' })).toMatchObject({
    status: 400,
    body: { error: 'invalid_client_id' },
  });
  expect(await token({ grant_type: 'device' })).toMatchObject({
    status: 400,
    body: { error: 'unsupported_grant_type' },
  });
});

describe('the web server flow', () => {
  const redirectUri = 'http://localhost:1717/OauthRedirect';
  const oauth2 = (more = {}) =>
    new OAuth2({ loginUrl: running.url, clientId: demoApp.id, clientSecret: demoApp.secret!, redirectUri, ...more });
  /** Logs in on the page of the address, as a browser does. */
  const logIn = (url: string, password = 'local-org-password') =>
    fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ username: 'robin.reed@local-org.example', password }),
      redirect: 'manual',
    });
  const codeOf = async (url: string) => {
    const target = new URL((await logIn(url)).headers.get('location')!);
    expect(target.origin + target.pathname).toBe(redirectUri);
    return target.searchParams;
  };

  test('gives a code for a login, tokens for the code, and new sessions for the refresh token', async () => {
    const client = new Connection({ version: '66.0', instanceUrl: running.url, oauth2: oauth2() });
    const params = await codeOf(oauth2().getAuthorizationUrl({ scope: 'api', state: 'x&y' }));
    expect(params.get('state')).toBe('x&y');
    await client.authorize(params.get('code')!);
    expect(await client.identity()).toMatchObject({ username: 'robin.reed@local-org.example' });

    running.sessions.end(client.accessToken!);
    const renewed = new Promise((resolve) => client.once('refresh', resolve));
    await client.query('SELECT Id FROM Lead');
    expect(await renewed).toBe(client.accessToken);
    const again = token({ grant_type: 'authorization_code', code: params.get('code')!, ...credentials() });
    expect(await again).toMatchObject({ body: { error: 'invalid_grant' } });

    await oauth2().revokeToken(client.refreshToken!);
    await expect(client.query('SELECT Id FROM Lead')).rejects.toThrow('expired access/refresh token');
  });

  const credentials = () => ({ client_id: demoApp.id, client_secret: demoApp.secret!, redirect_uri: redirectUri });

  test('holds a code to its verifier, its app, its callback and its 15 minutes', async () => {
    const cli = () => oauth2({ clientId: 'PlatformCLI', clientSecret: undefined, useVerifier: true });
    const asking = cli();
    const code = (await codeOf(asking.getAuthorizationUrl())).get('code')!;
    expect(await asking.requestToken(code)).toMatchObject({ token_type: 'Bearer', instance_url: running.url });
    const stolen = (await codeOf(asking.getAuthorizationUrl())).get('code')!;
    await expect(cli().requestToken(stolen)).rejects.toThrow('invalid code verifier');
    const others = (await codeOf(asking.getAuthorizationUrl())).get('code')!;
    await expect(oauth2().requestToken(others)).rejects.toThrow('invalid authorization code');
    const elsewhere = (await codeOf(oauth2().getAuthorizationUrl())).get('code')!;
    await expect(oauth2({ redirectUri: 'http://localhost/' }).requestToken(elsewhere)).rejects.toThrow('redirect_uri');
    const late = (await codeOf(oauth2().getAuthorizationUrl())).get('code')!;
    ahead = 15 * 60_000;
    await expect(oauth2().requestToken(late)).rejects.toThrow('expired authorization code');
    ahead = 0;
  });

  test('shows whom it cannot send back, and who cannot log in', async () => {
    const told = async (more: object) => {
      const response = await fetch(oauth2(more).getAuthorizationUrl(), { redirect: 'manual' });
      return [response.status, /error=(\w+)/.exec(await response.text())?.[1]];
    };
    expect(await told({})).toEqual([200, undefined]);
    expect(await told({ redirectUri: 'https://example.com/' })).toEqual([400, 'redirect_uri_mismatch']);
    expect(await told({ clientId: 'wrong' })).toEqual([400, 'invalid_client_id']);
    expect(await told({ clientId: 'PlatformCLI' })).toEqual([400, 'invalid_request']);
    expect((await logIn(oauth2().getAuthorizationUrl(), 'wrong')).status).toBe(401);
  });
});

test('a revoked token and that of a deactivated user end at once', async () => {
  const status = async (bearer: string) =>
    (await fetch(`${running.url}/services/data/v66.0/limits`, { headers: { authorization: `Bearer ${bearer}` } }))
      .status;
  const admin = running.org.user('admin@local-org.example')!;
  const robin = running.org.user('robin.reed@local-org.example')!;
  const [revoked, deactivated] = [running.sessions.start(robin), running.sessions.start(robin)];
  expect([await status(revoked), await status(deactivated)]).toEqual([200, 200]);
  await fetch(`${running.url}/services/oauth2/revoke`, {
    method: 'POST',
    body: new URLSearchParams({ token: revoked }),
  });
  expect([await status(revoked), await status(deactivated)]).toEqual([401, 200]);
  running.org.update(admin, 'User', [{ Id: robin.id, IsActive: false }]);
  expect(await status(deactivated)).toBe(401);
  running.org.update(admin, 'User', [{ Id: robin.id, IsActive: true }]);
});

test('a browser trades a token for a cookie, and is sent to no other host', async () => {
  const sid = running.sessions.start(running.org.user('admin@local-org.example')!);
  const visit = (query: string) => fetch(`${running.url}/secur/frontdoor.jsp?${query}`, { redirect: 'manual' });
  const response = await visit(`sid=${encodeURIComponent(sid)}&retURL=/lightning/page`);
  const cookie = response.headers.get('set-cookie')!;
  expect([response.status, response.headers.get('location')]).toEqual([302, '/lightning/page']);
  expect(cookie).toMatch(/^sid=.*HttpOnly; SameSite=Strict$/);
  const userinfo = await fetch(`${running.url}/services/oauth2/userinfo`, {
    headers: { cookie: cookie.split(';')[0]! },
  });
  expect(await userinfo.json()).toMatchObject({ preferred_username: 'admin@local-org.example' });
  for (const elsewhere of ['https://example.com', '//example.com', '/\\example.com'])
    expect(
      (await visit(`sid=${encodeURIComponent(sid)}&retURL=${encodeURIComponent(elsewhere)}`)).headers.get('location'),
    ).toBe('/');
  expect((await visit('sid=wrong')).status).toBe(401);
});

test('the versions are told to everybody, and `//` is `/`', async () => {
  const versions = (await (await fetch(`${running.url}//services/data`)).json()) as {
    label: string;
    version: string;
  }[];
  expect([versions[0], versions.at(-1)]).toMatchObject([
    { label: "Spring '19", version: '45.0' },
    { label: "Winter '27", version: '68.0' },
  ]);
  const headers = { authorization: `Bearer ${running.client.accessToken!}` };
  expect((await fetch(`${running.url}//services/data/v44.0/limits`, { headers })).status).toBe(404);
  expect((await fetch(`${running.url}//services/data/v51.0/limits`, { headers })).status).toBe(200);
});
