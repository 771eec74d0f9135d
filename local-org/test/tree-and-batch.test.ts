import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
let client: Connection;
beforeAll(async () => {
  running = await start();
  client = running.client;
});
afterAll(() => running.stop());

const base = '/services/data/v66.0/composite';
const count = async (object: string) => (await client.query(`SELECT COUNT() FROM ${object}`)).totalSize;

describe('a tree', () => {
  const node = (type: string, referenceId: string, fields: object) => ({
    attributes: { type, referenceId },
    ...fields,
  });
  const post = (...records: object[]) => client.requestPost(`${base}/tree/Account`, { records });

  test('of records is created with the children in their places', async () => {
    const contacts = { records: [node('Contact', 'c1', { LastName: 'Below' })] };
    const answer = await post(
      node('Account', 'a1', { Name: 'Tree', Contacts: contacts }),
      node('Account', 'a2', { Name: 'B' }),
    );
    expect(answer).toMatchObject({
      hasErrors: false,
      results: [{ referenceId: 'a1' }, { referenceId: 'c1' }, { referenceId: 'a2' }],
    });
    const { records } = await client.query("SELECT Account.Name FROM Contact WHERE LastName = 'Below'");
    expect(records).toMatchObject([{ Account: { Name: 'Tree' } }]);
  });

  test('is created whole or not at all', async () => {
    const before = await count('Account');
    const headers = { authorization: `Bearer ${client.accessToken!}`, 'content-type': 'application/json' };
    const bad = node('Account', 'a1', {
      Name: 'A',
      Contacts: { records: [node('Contact', 'c1', { FirstName: 'x' })] },
    });
    const body = JSON.stringify({ records: [node('Account', 'a0', { Name: 'First' }), bad] });
    const response = await fetch(`${running.url}${base}/tree/Account`, { method: 'POST', headers, body });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { hasErrors: true, results: [{ referenceId: 'c1', errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] }] },
    ]);
    expect(await count('Account')).toBe(before);
    expect((await refusal(post(node('Account', 'x', { Name: 'A' }), node('Account', 'x', { Name: 'B' }))))[0]).toBe(
      'INVALID_INPUT',
    );
    expect((await refusal(post(node('Lead', 'x', {}))))[0]).toBe('INVALID_INPUT');
    expect(await count('Account')).toBe(before);
  });
});

describe('a batch', () => {
  const post = (batchRequests: object[], more = {}) => client.requestPost(`${base}/batch`, { batchRequests, ...more });
  const create = (richInput: object) => ({ method: 'POST', url: 'v66.0/sobjects/Account', richInput });

  test('runs each call for itself', async () => {
    const answer = await post([
      create({}),
      create({ Name: 'Batch' }),
      { method: 'GET', url: "v60.0/query?q=SELECT+Name+FROM+Account+WHERE+Name='Batch'" },
    ]);
    expect(answer).toMatchObject({
      hasErrors: true,
      results: [
        { statusCode: 400, result: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
        { statusCode: 201, result: { success: true } },
        { statusCode: 200, result: { records: [{ Name: 'Batch' }] } },
      ],
    });
  });

  test('stops at an error where it is asked to, and refuses what does not belong into it', async () => {
    const halted = await post([create({}), create({ Name: 'x' })], { haltOnError: true });
    expect(halted).toMatchObject({
      results: [{ statusCode: 400 }, { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED' }] }],
    });
    expect(await post([{ method: 'POST', url: 'v66.0/composite' }])).toMatchObject({ results: [{ statusCode: 400 }] });
    const many = Array.from({ length: 26 }, () => create({}));
    expect((await refusal(post(many)))[0]).toBe('LIMIT_EXCEEDED');
  });
});
