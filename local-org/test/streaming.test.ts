import { afterAll, beforeAll, expect, test } from '@jest/globals';
import jsforce from 'jsforce';
import { StreamingExtension } from 'jsforce/lib/api/streaming.js';
import type { Connection } from 'jsforce';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
let client: Connection;
beforeAll(async () => {
  running = await start({ faults: true });
  client = new jsforce.Connection({
    version: '66.0',
    instanceUrl: running.url,
    accessToken: running.client.accessToken!,
  });
});
afterAll(() => running.stop());

interface Received {
  readonly sobject?: { readonly Id: string };
  readonly payload?: unknown;
  readonly event: { readonly replayId: number; readonly type?: string };
}

/** Subscribes, once the org has agreed, and gives the next events one by one. */
async function listen(channel: string, replayId = -1) {
  const faye = client.streaming.createClient([new StreamingExtension.Replay(channel, replayId)]);
  const events: Received[] = [];
  let wake: () => void = () => undefined;
  const subscription = faye.subscribe(channel, (event: Received) => {
    events.push(event);
    wake();
  });
  const stop = () => {
    // jsforce's types leave it out.
    (faye as unknown as { disconnect(): void }).disconnect();
  };
  await Promise.resolve(subscription).catch((error: unknown) => {
    stop();
    throw error;
  });
  return {
    next: async () => {
      while (events.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return events.shift()!;
    },
    stop,
  };
}

const topic = (Name: string, more: object = {}) =>
  client.sobject('PushTopic').create({
    Name,
    Query: "SELECT Id, Title FROM Lead WHERE City = 'Oslo'",
    ApiVersion: 66,
    ...more,
  });

test('a topic tells of records that its query selects, when they are created, changed and deleted', async () => {
  await topic('Oslo');
  const { next, stop } = await listen('/topic/Oslo');
  const lead = { LastName: 'A', Company: 'B' };
  await client.sobject('Lead').create({ ...lead, City: 'Bergen' });
  const { id } = await client.sobject('Lead').create({ ...lead, City: 'Oslo', Title: 'T' });
  expect(await next()).toMatchObject({ sobject: { Id: id, Title: 'T' }, event: { type: 'created' } });
  await client.sobject('Lead').update({ Id: id!, Company: 'not looked at' });
  await client.sobject('Lead').update({ Id: id!, Title: 'U' });
  expect(await next()).toMatchObject({ sobject: { Title: 'U' }, event: { type: 'updated' } });
  await client.sobject('Lead').destroy(id!);
  expect(await next()).toMatchObject({ sobject: { Id: id }, event: { type: 'deleted' } });
  stop();
});

test('a topic whose query cannot be followed is refused', async () => {
  const code = async (Query: string) => (await refusal(topic('Bad', { Query })))[0];
  expect(await code('SELECT Title FROM Lead')).toBe('INVALID_FIELD');
  expect(await code('SELECT Id, Foo FROM Lead')).toBe('INVALID_FIELD');
  expect(await code('SELECT Id FROM Lead LIMIT 1')).toBe('INVALID_FIELD');
});

test('platform events are replayed from where the client left off', async () => {
  const publish = (To__c: string) =>
    client.sobject('Rating_Changed__e').create({ Record_Id__c: '00Q000000000001EAA', From__c: 'Cold', To__c });
  for (const rating of ['Warm', 'Hot']) await publish(rating);
  const channel = '/event/Rating_Changed__e';
  const all = await listen(channel, -2);
  const { event } = await all.next();
  all.stop();
  const later = await listen(channel, event.replayId);
  const hot = await later.next();
  expect(hot).toMatchObject({ payload: { To__c: 'Hot' }, event: { EventApiName: 'Rating_Changed__e' } });
  expect(hot.event.replayId).toBeGreaterThan(event.replayId);
  await publish('Cold');
  expect(await later.next()).toMatchObject({ payload: { To__c: 'Cold' } });
  later.stop();
  await expect(listen(channel, 99)).rejects.toMatchObject({
    message: expect.stringContaining('400::The replayId {99} you provided was invalid'),
  });
});

interface Changed {
  readonly schema: string;
  readonly payload: { readonly ChangeEventHeader: object };
  readonly event: { readonly replayId: number };
}

test('changes of records are told by object, and on the channel of the package', async () => {
  const { id } = await client
    .sobject('Contact')
    .create({ FirstName: 'Ada', LastName: 'Byron', Birthdate: '1815-12-10' });
  await client.sobject('Contact').update({ Id: id!, LastName: 'Lovelace', FirstName: null });
  const all = await listen('/data/ContactChangeEvent', -2);
  const created = (await all.next()) as unknown as Changed;
  expect(created).toEqual({
    schema: expect.stringMatching(/^[\w-]{22}$/),
    payload: {
      ChangeEventHeader: {
        entityName: 'Contact',
        recordIds: [id],
        changeType: 'CREATE',
        changeOrigin: 'com/salesforce/api/rest/66.0',
        transactionKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
        sequenceNumber: 1,
        commitTimestamp: expect.any(Number),
        commitNumber: expect.any(Number),
        commitUser: expect.stringMatching(/^005/),
        changedFields: [],
      },
      Name: { FirstName: 'Ada', LastName: 'Byron' },
      Birthdate: '1815-12-10',
      OwnerId: expect.stringMatching(/^005/),
      CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
      CreatedById: expect.any(String),
      LastModifiedDate: expect.any(String),
      LastModifiedById: expect.any(String),
      DoNotCall: false,
      HasOptedOutOfEmail: false,
      HasOptedOutOfFax: false,
    },
    event: { replayId: created.event.replayId },
  });
  expect(await all.next()).toMatchObject({
    payload: {
      ChangeEventHeader: {
        changeType: 'UPDATE',
        changedFields: expect.arrayContaining(['Name.FirstName', 'Name.LastName']),
      },
      Name: { FirstName: null, LastName: 'Lovelace' },
    },
  });
  all.stop();
  const some = await listen('/data/Scoreline__chn', created.event.replayId);
  expect(await some.next()).toMatchObject({
    payload: { ChangeEventHeader: { changeType: 'UPDATE', recordIds: [id] } },
  });
  some.stop();
});

/** Bayeux messages as they are, past jsforce. */
async function bayeux(...messages: object[]) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${client.accessToken!}` };
  const answer = await fetch(`${running.url}/cometd/66.0`, { method: 'POST', headers, body: JSON.stringify(messages) });
  return (await answer.json()) as { clientId: string; channel: string; error?: string; data?: unknown }[];
}

/** A client that has shaken hands, connected once and subscribed. */
async function subscribed(channel: string) {
  const [{ clientId } = { clientId: '' }] = await bayeux({ channel: '/meta/handshake', version: '1.0' });
  const connect = { channel: '/meta/connect', clientId, connectionType: 'long-polling' };
  await bayeux(connect, { channel: '/meta/subscribe', clientId, subscription: channel });
  return connect;
}

const fault = async (what: string) => {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ on: 'events', what });
  expect((await fetch(`${running.url}/local-org/faults`, { method: 'POST', headers, body })).status).toBe(201);
};
const lead = { LastName: 'A', Company: 'B' };

test('a subscriber that is sent away is a stranger, and a position that has expired is refused', async () => {
  const connect = await subscribed('/data/LeadChangeEvent');
  await client.sobject('Lead').create(lead);
  const [event, connected] = await bayeux(connect);
  expect(connected).toMatchObject({ channel: '/meta/connect', successful: true });
  const waiting = bayeux(connect);
  await fault('disconnect');
  for (const [answer] of [await waiting, await bayeux(connect)])
    expect(answer).toMatchObject({ error: '403::Unknown client', advice: { reconnect: 'handshake' } });
  await fault('expire');
  const { replayId } = (event!.data as Received).event;
  await expect(listen('/data/LeadChangeEvent', replayId)).rejects.toMatchObject({
    message: expect.stringContaining(`400::The replayId {${replayId}}`),
  });
});

test('deliveries are counted, and beyond the allowance there are none', async () => {
  const allowance = running.allowances.of('DailyDeliveredPlatformEvents');
  const limits = () =>
    client.request<Record<string, Record<'Max' | 'Remaining', number>>>('/services/data/v66.0/limits');
  const connect = await subscribed('/event/Rating_Changed__e');
  const { max, remaining } = allowance;
  await client.sobject('Rating_Changed__e').create({ To__c: 'Hot' });
  await bayeux(connect);
  expect((await limits())['DailyDeliveredPlatformEvents']).toEqual({ Max: max, Remaining: remaining - 1 });
  const { Max: most, Remaining: left } = (await limits())['HourlyPublishedPlatformEvents']!;
  expect(left).toBeLessThan(most);
  allowance.take(allowance.remaining);
  await client.sobject('Rating_Changed__e').create({ To__c: 'Cold' });
  expect(await bayeux(connect)).toMatchObject([
    { error: '403::Organization total events daily limit exceeded', advice: { reconnect: 'none' } },
  ]);
});

test('a generic channel takes what is pushed', async () => {
  await client.sobject('StreamingChannel').create({ Name: '/u/News' });
  const { next, stop } = await listen('/u/News');
  expect(await client.streaming.channel('/u/News').push({ payload: 'hello', userIds: [] })).toEqual({
    fanoutCount: -1,
    userOnlineStatus: {},
  });
  expect(await next()).toMatchObject({ payload: 'hello', event: { createdDate: expect.any(String) } });
  stop();
});

test('strangers and unknown channels are turned away', async () => {
  for (const channel of ['/topic/Nothing', '/event/Nothing__e', '/data/OrderChangeEvent'])
    await expect(listen(channel)).rejects.toMatchObject({
      message: expect.stringContaining(`400::The channel you requested to subscribe to does not exist {${channel}}`),
    });
  const handshake = await fetch(`${running.url}/cometd/66.0`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ channel: '/meta/handshake', version: '1.0', supportedConnectionTypes: ['long-polling'] }]),
  });
  expect(await handshake.json()).toMatchObject([
    { successful: false, error: '403::Handshake denied', advice: { reconnect: 'none' } },
  ]);
});
