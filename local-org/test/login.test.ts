import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { connect, refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

const username = 'robin.reed@local-org.example';
const password = 'local-org-password';

let running: Running;
beforeAll(async () => {
  running = await start();
});
afterAll(() => running.stop());

test('by SOAP with username and password, and out again', async () => {
  const client = new Connection({ version: '66.0', loginUrl: running.url });
  const { id, organizationId } = await client.login(username, password);
  expect(organizationId).toBe(running.org.id);
  expect(client.instanceUrl).toBe(running.url);
  expect(await client.identity()).toMatchObject({ user_id: id, username });
  const { accessToken, instanceUrl } = client;
  await client.logout();
  const late = new Connection({ version: '66.0', instanceUrl, accessToken: accessToken! });
  expect((await refusal(late.query('SELECT Id FROM Lead')))[0]).toBe('INVALID_SESSION_ID');
  const [, message] = await refusal(client.login(username, 'wrong'));
  expect(message).toContain('INVALID_LOGIN: Invalid username, password, security token; or user locked out.');
  await expect(client.login('nobody@local-org.example', password)).rejects.toThrow('INVALID_LOGIN');
  await expect(client.login('autoproc@local-org.example', password)).rejects.toThrow('INVALID_LOGIN');
});

test('by OAuth with username and password', async () => {
  const client = connect(running.url);
  await client.authorize({ grant_type: 'password', username, password });
  expect(await client.identity()).toMatchObject({ username });
  const wrong = connect(running.url).authorize({ grant_type: 'password', username, password: 'x' });
  await expect(wrong).rejects.toThrow('authentication failure');
});

test('other SOAP calls are named as missing', async () => {
  const body = '<e:Envelope xmlns:e="x"><e:Body><query xmlns="urn:partner.soap.sforce.com"/></e:Body></e:Envelope>';
  const url = `${running.url}/services/Soap/u/66.0`;
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/xml' }, body });
  expect(response.status).toBe(501);
  expect(await response.text()).toContain('the local org does not support the SOAP call query');
});
