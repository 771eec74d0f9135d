import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');
let running: Running;

beforeAll(async () => {
  running = await start({}, () => NOW);
});
afterAll(() => running.stop());

const insert = async (object: string, row: Record<string, unknown>): Promise<string> =>
  (await running.client.create(object, row)).id!;

test('closed tasks and past events are the history of their records, the others are open', async () => {
  const account = await insert('Account', { Name: 'Fern' });
  const contact = await insert('Contact', { LastName: 'Moss', AccountId: account });
  const lead = await insert('Lead', { LastName: 'Ash', Company: 'Ash' });
  const event = (Subject: string, StartDateTime: string) => ({ Subject, StartDateTime, DurationInMinutes: 30 });
  await insert('Task', { Subject: 'Called', Status: 'Completed', WhoId: contact, ActivityDate: '2026-11-20' });
  await insert('Task', { Subject: 'Call again', WhatId: account });
  await insert('Event', { ...event('Met', '2026-11-20T10:00:00Z'), WhatId: account });
  await insert('Event', { ...event('Meet', '2026-11-22T10:00:00Z'), WhoId: lead });
  const gone = await insert('Task', { Subject: 'Gone', Status: 'Completed', WhatId: account });
  await running.client.sobject('Task').destroy(gone);

  const [found] = (await running.client
    .sobject('Account')
    .find({ Id: account }, ['Id'])
    .include('ActivityHistories')
    .select(['Id', 'Subject', 'ActivityDate', 'IsClosed', 'IsTask', 'What.Name', 'Owner.Username'] as never)
    .orderby('Subject' as never)
    .end()) as unknown as Record<string, unknown>[];
  expect(found!['ActivityHistories']).toMatchObject({
    totalSize: 2,
    records: [
      { Subject: 'Called', IsClosed: true, IsTask: true, ActivityDate: '2026-11-20', What: null },
      { Subject: 'Met', IsClosed: true, IsTask: false, ActivityDate: '2026-11-20', What: { Name: 'Fern' } },
    ],
  });
  const open = (object: string, id: string) =>
    running.client.query(`SELECT (SELECT Subject FROM OpenActivities) FROM ${object} WHERE Id = '${id}'`);
  expect((await open('Account', account)).records).toMatchObject([
    { OpenActivities: { records: [{ attributes: { type: 'OpenActivity' }, Subject: 'Call again' }] } },
  ]);
  expect((await open('Lead', lead)).records).toMatchObject([{ OpenActivities: { records: [{ Subject: 'Meet' }] } }]);
});

test('they are reached from their parents only, and describe says how', async () => {
  expect(await refusal(running.client.query('SELECT Id FROM ActivityHistory'))).toEqual([
    'INVALID_TYPE',
    'entity type ActivityHistory does not support query',
  ]);
  const { childRelationships } = await running.client.sobject('Account').describe();
  const named = childRelationships.filter(({ childSObject }) => childSObject === 'ActivityHistory');
  expect(named).toMatchObject([{ relationshipName: 'ActivityHistories', field: 'AccountId', cascadeDelete: false }]);
});

test('they do not keep records from being merged or deleted', async () => {
  const [first, second] = [await insert('Account', { Name: 'A' }), await insert('Account', { Name: 'B' })];
  await insert('Task', { Subject: 'Call', WhatId: second });
  await running.client.soap.merge({
    masterRecord: { type: 'Account', Id: first },
    recordToMergeIds: [second],
  } as never);
  expect(await running.client.sobject('Account').destroy(first)).toMatchObject({ success: true });
});
