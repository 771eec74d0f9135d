import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
let client: Connection;
const good = (n: number) => ({ LastName: `L${n}`, Company: 'Acme' });
const count = async (object: string) => (await client.query(`SELECT COUNT() FROM ${object}`)).totalSize;

beforeAll(async () => {
  running = await start();
  client = running.client;
});
afterAll(() => running.stop());

test('each row stands for itself', async () => {
  const before = await count('Lead');
  const results = await client.sobject('Lead').create([good(1), { LastName: 'x' }, good(2)]);
  expect(results).toMatchObject([
    { success: true, errors: [] },
    { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Company'] }] },
    { success: true, errors: [] },
  ]);
  expect(await count('Lead')).toBe(before + 2);

  const ids = results.flatMap(({ id }) => id ?? []);
  const changed = await client.sobject('Lead').update([
    { Id: ids[0]!, Title: 'CTO' },
    { Id: '00Q000000009999EAA', Title: 'x' },
    { Id: 'nonsense', Title: 'x' },
  ]);
  expect(
    changed.map(({ errors }) => errors[0]?.errorCode ?? (errors[0] as { statusCode?: string } | undefined)?.statusCode),
  ).toEqual([undefined, 'INVALID_CROSS_REFERENCE_KEY', 'MALFORMED_ID']);
  expect(await client.sobject('Lead').retrieve([ids[1]!, '00Q000000009999EAA', ids[0]!])).toMatchObject([
    { LastName: 'L2' },
    null,
    { Title: 'CTO' },
  ]);
  expect(await client.sobject('Lead').destroy([...ids, ids[0]!])).toMatchObject([
    { success: true },
    { success: true },
    { success: false, errors: [{ statusCode: 'ENTITY_IS_DELETED' }] },
  ]);
});

test('all or none leaves nothing behind, across types too', async () => {
  const rows = [
    { attributes: { type: 'Account' }, Name: 'A' },
    { attributes: { type: 'Lead' }, LastName: 'no company' },
  ];
  const post = (allOrNone: boolean) =>
    client.requestPost<unknown[]>('/services/data/v66.0/composite/sobjects', { allOrNone, records: rows });
  expect(await post(true)).toMatchObject([
    { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
    { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
  ]);
  expect(await count('Account')).toBe(0);
  expect(await post(false)).toMatchObject([{ success: true }, { success: false }]);
  expect(await count('Account')).toBe(1);
});

describe('upsert by external ID', () => {
  const upsert = (records: object[], allOrNone = false) =>
    client.requestPatch<{ id: string }[]>('/services/data/v66.0/composite/sobjects/Score__c/External_Id__c', {
      allOrNone,
      records,
    });
  const row = (External_Id__c: string | null, more: object = {}) => ({ External_Id__c, Record_Id__c: 'r', ...more });

  test('says per row whether it was created; the same key twice is refused', async () => {
    const [first] = await upsert([row('a')]);
    expect(
      await upsert([row('A', { Value__c: 1 }), row('b'), row('b'), row(null), row('c', { Value__c: 'x' })]),
    ).toMatchObject([
      { id: first!.id, success: true, created: false },
      { success: true, created: true },
      { success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] },
      { success: false, errors: [{ statusCode: 'MISSING_ARGUMENT' }] },
      { success: false, errors: [{ statusCode: 'JSON_PARSER_ERROR' }] },
    ]);
    expect(await count('Score__c')).toBe(2);
  });

  test('a key twice in a call changes its record once; all or none keeps nothing', async () => {
    const [first] = await upsert([row('twice', { Value__c: 1 })]);
    expect(await upsert([row('twice', { Value__c: 2 }), row('Twice', { Value__c: 3 })])).toMatchObject([
      { success: true, created: false },
      { success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] },
    ]);
    const before = await count('Score__c');
    expect(await upsert([row('new'), row('bad', { Value__c: 'x' })], true)).toMatchObject([
      { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, errors: [{ statusCode: 'JSON_PARSER_ERROR' }] },
    ]);
    expect(await count('Score__c')).toBe(before);
    expect(await client.sobject('Score__c').retrieve(first!.id)).toMatchObject({ Value__c: 2 });
  });

  test('sent again it changes nothing but the stamps', async () => {
    const again = () =>
      client.sobject('Score__c').upsert([row('again', { Value__c: 7 })], 'External_Id__c', { allOrNone: true });
    const [first] = await again();
    const [second] = await again();
    expect([first, second]).toMatchObject([{ created: true }, { created: false, id: first!.id }]);
  });

  test('a field that is no external ID', async () => {
    expect((await refusal(client.sobject('Lead').upsert([{ Email: 'a@b.example' }], 'Email')))[0]).toBe(
      'INVALID_FIELD',
    );
  });
});

test('more than 200 rows are refused whole', async () => {
  const before = await count('Lead');
  const rows = Array.from({ length: 201 }, (_, i) => good(i));
  expect((await refusal(client.sobject('Lead').create(rows)))[0]).toBe('EXCEEDED_ID_LIMIT');
  expect(await count('Lead')).toBe(before);
  const chunked = await client.sobject('Lead').create(rows, { allowRecursive: true });
  expect(chunked.filter(({ success }) => success)).toHaveLength(201);
});
