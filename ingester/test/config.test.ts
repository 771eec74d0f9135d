import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../src/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'scoreline-config-'));
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const good = file(
  'good.json',
  '{ "connections": { "main": { "adapter": "activecampaign", "secretFrom": "AC_SECRET" } } }',
);
const environment = {
  SCORELINE_CONFIG: good,
  SCORELINE_DATA: join(folder, 'data'),
  AC_SECRET: 's3cret',
  SALESFORCE_CLIENT_ID: 'id',
  SALESFORCE_CLIENT_SECRET: 'secret',
};

describe('configuration', () => {
  test('secrets come from the environment, the rest from the file and its defaults', () => {
    expect(readConfig(environment)).toMatchObject({
      connections: { main: { adapter: 'activecampaign', secret: 's3cret' } },
      host: '127.0.0.1',
      port: 8080,
      flushInterval: 100,
      salesforce: { loginUrl: 'https://login.salesforce.com', credentials: { kind: 'client credentials' } },
    });
  });

  test('a connection has the keys, certificates and topics of its source', () => {
    const settings = {
      publicKey: 'MFkw',
      certificates: { 'https://sns.eu-west-1.amazonaws.com/a.pem': 'PEM' },
      topics: ['arn:aws:sns:eu-west-1:1:mail'],
      url: 'https://hooks.example.com/in/mail',
    };
    const content = JSON.stringify({ connections: { mail: { adapter: 'ses-sns', ...settings } } });
    const { connections } = readConfig({ ...environment, SCORELINE_CONFIG: file('keys.json', content) });
    expect(connections['mail']).toEqual({ adapter: 'ses-sns', ...settings });
  });

  test.each([
    ['standard-webhooks', { secretFrom: 'AC_SECRET' }, 'its secret is none of Standard Webhooks'],
    ['cloudevents', { secretFrom: 'BAD' }, 'its secret is none of Standard Webhooks'],
    ['sendgrid', { publicKey: 'MFkw' }, 'its publicKey is no key'],
    ['ses-sns', {}, 'its topics are missing'],
    ['ses-sns', { topics: [] }, 'its topics are missing'],
  ])('a key that cannot work is refused at start: %s %j', (adapter, settings, problem) => {
    const content = JSON.stringify({ connections: { mail: { adapter, ...settings } } });
    const path = file('wrong-key.json', content);
    const start = () =>
      readConfig({ ...environment, BAD: 'whsec_%%%', AC_SECRET: 'not base64!', SCORELINE_CONFIG: path });
    expect(start).toThrow(`the connection "mail" (${path}) cannot work: ${problem}`);
  });

  test('JWT bearer takes a user and a key', () => {
    const key = file('key.pem', 'PEM');
    const jwt = { SALESFORCE_CLIENT_SECRET: '', SALESFORCE_USERNAME: 'u@x.com', SALESFORCE_PRIVATE_KEY_FILE: key };
    expect(readConfig({ ...environment, ...jwt }).salesforce.credentials).toEqual({
      kind: 'JWT bearer',
      clientId: 'id',
      username: 'u@x.com',
      privateKey: 'PEM',
    });
  });

  test.each([
    [{ SCORELINE_CONFIG: undefined }, 'SCORELINE_CONFIG is not set; set it to'],
    [{ SCORELINE_CONFIG: '/nowhere.json' }, 'SCORELINE_CONFIG names /nowhere.json, which cannot be read'],
    [{ SCORELINE_CONFIG: file('text.json', 'hello') }, 'text.json is not JSON'],
    [
      { SCORELINE_CONFIG: file('adapter.json', '{"connections":{"x":{"adapter":"acme"}}}') },
      '/connections/x/adapter: expected one of',
    ],
    [{ SCORELINE_CONFIG: file('typo.json', '{"connections":{},"flushIntervall":5}') }, 'flushIntervall'],
    [{ AC_SECRET: '' }, 'AC_SECRET is not set; set it to the secret of the connection "main"'],
    [{ SCORELINE_DATA: undefined }, 'SCORELINE_DATA is not set'],
    [{ DYNO: 'web.1' }, 'DATABASE_URL is not set'],
    [{ DATABASE_URL: 'mysql://localhost/x' }, 'DATABASE_URL is no URL that begins with postgres://'],
    [{ PORT: 'http' }, 'PORT is "http"; set it to'],
    [{ SALESFORCE_CLIENT_ID: undefined }, 'SALESFORCE_CLIENT_ID is not set'],
    [{ SALESFORCE_CLIENT_SECRET: undefined }, 'neither SALESFORCE_CLIENT_SECRET nor SALESFORCE_USERNAME is set'],
    [{ SALESFORCE_LOGIN_URL: 'http://login.example.com' }, 'over https only'],
  ])('%j is refused with the place and the remedy', (wrong, message) => {
    expect(() => readConfig({ ...environment, ...wrong })).toThrow(message);
  });
});

describe('a start that cannot be', () => {
  const main = join(import.meta.dirname, '../src/main.ts');
  const start = (more: Record<string, string>) => {
    const env = { ...process.env, ...environment, SALESFORCE_LOGIN_URL: 'http://127.0.0.1:9', ...more };
    return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
      env,
      encoding: 'utf8',
      timeout: 20_000,
    });
  };

  test('wrong configuration: one line, exit code 2', () => {
    const { status, stderr } = start({ PORT: 'http' });
    expect(stderr).toBe('scoreline serve: PORT is "http"; set it to a port number\n');
    expect(status).toBe(2);
  });

  test('a folder that cannot be written: one line, exit code 2', () => {
    const { status, stderr } = start({ SCORELINE_DATA: join(good, 'data'), PORT: '0' });
    expect(stderr).toMatch(
      /^scoreline serve: the store in SCORELINE_DATA .* set it to a folder that can be written.*\n$/,
    );
    expect(status).toBe(2);
  });

  test('a database that cannot be reached: one line without its password, exit code 2', () => {
    const { status, stderr } = start({ DATABASE_URL: 'postgres://me:s3cret@127.0.0.1:9/x', DYNO: 'web.1', PORT: '0' });
    expect(stderr).toMatch(/^scoreline serve: the database in DATABASE_URL .* set it to a PostgreSQL .*\n$/);
    expect(stderr).not.toContain('s3cret');
    expect(status).toBe(2);
  });

  test('a busy port: one line, exit code 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { status, stderr } = start({ PORT: String(port) });
    other.close();
    expect(stderr).toBe(`scoreline serve: 127.0.0.1:${port} is in use by another program; set PORT to a free port\n`);
    expect(status).toBe(1);
  });
});
