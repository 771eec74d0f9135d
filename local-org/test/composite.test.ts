import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
beforeAll(async () => {
  running = await start();
});
afterAll(() => running.stop());

const base = '/services/data/v66.0';
const count = async (object: string) => (await running.client.query(`SELECT COUNT() FROM ${object}`)).totalSize;
const account = { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'account', body: { Name: 'Acme' } };
const contact = (LastName: string | null) => ({
  method: 'POST',
  url: `${base}/sobjects/Contact`,
  referenceId: 'contact',
  body: { LastName, AccountId: '@{account.id}' },
});
const read = {
  method: 'GET',
  url: `${base}/query?q=SELECT+Account.Name+FROM+Contact+WHERE+Id='@{contact.id}'`,
  referenceId: 'read',
};

interface Answer {
  readonly httpStatusCode: number;
  readonly referenceId: string;
  readonly body: unknown;
}

async function send(compositeRequest: readonly object[], allOrNone = false): Promise<readonly Answer[]> {
  const body = { allOrNone, compositeRequest };
  return (await running.client.requestPost<{ compositeResponse: Answer[] }>(`${base}/composite`, body))
    .compositeResponse;
}

test('later subrequests use what earlier ones answered', async () => {
  const answers = await send([account, contact('Ada'), read]);
  expect(answers.map(({ httpStatusCode, referenceId }) => [referenceId, httpStatusCode])).toEqual([
    ['account', 201],
    ['contact', 201],
    ['read', 200],
  ]);
  expect(answers[2]!.body).toMatchObject({ records: [{ Account: { Name: 'Acme' } }] });
});

test('a failure stops what refers to it, and nothing else', async () => {
  const before = await count('Account');
  const other = { ...account, referenceId: 'other' };
  const answers = await send([account, contact(null), read, other]);
  expect(answers).toMatchObject([
    { httpStatusCode: 201 },
    { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
    { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
    { httpStatusCode: 201 },
  ]);
  expect(await count('Account')).toBe(before + 2);
});

test('all or none undoes everything, also for a failed row of a collection', async () => {
  const before = await count('Account');
  const rows = { method: 'POST', url: `${base}/composite/sobjects`, referenceId: 'rows' };
  const records = [{ attributes: { type: 'Lead' }, LastName: 'no company' }];
  for (const failing of [contact(null), { ...rows, body: { records } }]) {
    const answers = await send([account, failing], true);
    expect(answers[0]).toMatchObject({ httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] });
    expect(JSON.stringify(answers[1]!.body)).toContain('REQUIRED_FIELD_MISSING');
  }
  expect(await count('Account')).toBe(before);
});

test('five collections in one call count as one', async () => {
  const collection = (n: number) => ({
    method: 'PATCH',
    url: `${base}/composite/sobjects/Score__c/External_Id__c`,
    referenceId: `rows${n}`,
    body: { records: [{ attributes: { type: 'Score__c' }, External_Id__c: `k${n}`, Record_Id__c: 'r' }] },
  });
  const used = running.client.limitInfo.apiUsage!.used;
  const answers = await send([1, 2, 3, 4, 5].map(collection));
  expect(answers.map(({ body }) => body)).toMatchObject([1, 2, 3, 4, 5].map(() => [{ success: true, created: true }]));
  expect(running.client.limitInfo.apiUsage!.used).toBe(used + 1);
});

test.each([
  [
    'more than 25 subrequests',
    Array.from({ length: 26 }, (_, i) => ({ ...account, referenceId: `r${i}` })),
    'LIMIT_EXCEEDED',
  ],
  ['more than 5 queries', Array.from({ length: 6 }, (_, i) => ({ ...read, referenceId: `r${i}` })), 'LIMIT_EXCEEDED'],
  ['a reference ID twice', [account, account], 'INVALID_INPUT'],
])('refused: %s', async (_, subrequests, code) => {
  expect((await refusal(send(subrequests)))[0]).toBe(code);
});

test('what is not supported answers 501 with its name, inside too', async () => {
  const wave = { method: 'GET', url: `${base}/wave/dashboards`, referenceId: 'wave' };
  expect(await send([wave])).toMatchObject([
    { httpStatusCode: 501, body: [{ message: 'the local org does not support GET /wave/dashboards' }] },
  ]);
  expect(await refusal(running.client.request(`${base}/tooling/query`))).toEqual([
    'NOT_IMPLEMENTED',
    'the local org does not support GET /tooling/query',
  ]);
});
