import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
let client: Connection;
beforeAll(async () => {
  running = await start();
  client = running.client;
  client.bulk.pollInterval = 5;
});
afterAll(() => running.stop());

test('rows are loaded, and each answers for itself', async () => {
  const [first, second] = await client.bulk.load('Lead', 'insert', [
    { LastName: 'A <&>', Company: 'B' },
    { LastName: 'A' },
  ]);
  expect(first).toMatchObject({ success: true, created: true, errors: [] });
  expect(second).toEqual({
    id: null,
    success: false,
    created: false,
    errors: ['REQUIRED_FIELD_MISSING:Required fields are missing: [Company]:Company --'],
  });
  const [changed] = await client.bulk.load('Lead', 'update', [{ Id: first!.id!, Title: 'T' }]);
  expect(changed).toMatchObject({ id: first!.id, success: true, created: false });
  expect(await client.sobject('Lead').retrieve(first!.id!)).toMatchObject({ LastName: 'A <&>', Title: 'T' });
  const [gone] = await client.bulk.load('Lead', 'delete', [{ Id: first!.id! }]);
  expect(gone).toMatchObject({ success: true });
});

test('a job counts its batches', async () => {
  const options = { extIdField: 'External_Id__c' };
  const job = client.bulk.createJob('Score__c', 'upsert', options);
  const rows = [1, 2, 3].map((n) => ({ External_Id__c: `one-${n}`, Record_Id__c: 'r' }));
  const batch = job.createBatch();
  batch.on('queue', () => {
    batch.poll(5, 5000);
  });
  await batch.execute(rows);
  expect(await job.check()).toMatchObject({
    state: 'Open',
    numberBatchesCompleted: '1',
    numberRecordsProcessed: '3',
    externalIdFieldName: 'External_Id__c',
  });
  expect(await job.list()).toHaveLength(1);
  await job.close();
  expect(await job.check()).toMatchObject({ state: 'Closed' });
});

test('records are queried', async () => {
  const admin = running.org.user('admin@local-org.example')!;
  const contacts = Array.from({ length: 2500 }, (_, i) => ({ LastName: `L${i}` }));
  running.org.insert(admin, 'Contact', contacts);
  const records = await (await client.bulk.query('SELECT Id, LastName FROM Contact ORDER BY Id')).toArray();
  expect(records).toHaveLength(2500);
  expect(records[2400]).toMatchObject({ LastName: 'L2400' });
});

test('refusals have the names of Bulk 1', async () => {
  const load = (rows: object[], object = 'Lead', by = client) =>
    refusal(Promise.resolve(by.bulk.load(object, 'insert', rows)));
  expect((await load([], 'Lead'))[0]).toBe('ClientInputError');
  expect((await load([{ a: 1 }], 'Nothing__c'))[0]).toBe('InvalidEntity');
  expect((await load([{ Foo__c: 1 }]))[1]).toBe('InvalidBatch : Field name not found : Foo__c');
  const stranger = new Connection({ instanceUrl: running.url, accessToken: 'nobody' });
  expect((await load([{ a: 1 }], 'Lead', stranger))[0]).toBe('InvalidSessionId');
});
