import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import jsforce from 'jsforce';
import { API_VERSION } from '../../ingester/src/salesforce/session.ts';
import type { Fault } from '../src/faults/kinds.ts';
import { startPubSub } from './support/pubsub.ts';
import { start } from './support/server.ts';
import type { Running } from './support/server.ts';

const channel = '/data/Scoreline__chn';
const ratings = '/event/Rating_Changed__e';

let running: Running;
let pubSub: Awaited<ReturnType<typeof startPubSub>>;
let client: Awaited<ReturnType<typeof pubSub.connect>>;
beforeAll(async () => {
  running = await start({ faults: true });
  pubSub = await startPubSub(running, { keepAlive: 50 });
  client = await pubSub.connect();
});
afterEach(() => faults('DELETE'));
afterAll(async () => {
  await pubSub.stop();
  await running.stop();
});

const create = async (object: string, row: object) => (await running.client.sobject(object).create(row)).id!;
const lead = { LastName: 'Lovelace', Company: 'Acme' };
const header = (event: { payload: Readonly<Record<string, unknown>> }) =>
  event.payload['ChangeEventHeader'] as { recordIds: string[]; changeType: string; changedFields: string[] };
const faults = async (method: string, fault?: Partial<Fault>) => {
  const body = fault && { body: JSON.stringify(fault), headers: { 'content-type': 'application/json' } };
  expect((await fetch(`${running.url}/local-org/faults`, { method, ...body })).ok).toBe(true);
};

/** Subscribes with a client of its own, and waits until the org has it. */
async function follow(topic: string) {
  const own = await pubSub.connect();
  const events = pubSub.follow(own, topic);
  return { ...events, position: await events.keepAlive() };
}

test('a record that is created, changed, deleted and undeleted is four events', async () => {
  const events = await follow('/data/LeadChangeEvent');
  const id = await create('Lead', { ...lead, FirstName: 'Ada', City: 'London', NumberOfEmployees: 7 });
  const created = await events.event();
  expect(created.payload).toMatchObject({
    ChangeEventHeader: {
      entityName: 'Lead',
      recordIds: [id],
      changeType: 'CREATE',
      changeOrigin: 'com/salesforce/api/rest/66.0',
      sequenceNumber: 1,
      commitUser: expect.stringMatching(/^005/),
      changedFields: [],
      nulledFields: [],
    },
    Name: { FirstName: 'Ada', LastName: 'Lovelace', Salutation: null },
    Address: { City: 'London', Street: null },
    Company: 'Acme',
    NumberOfEmployees: 7,
    Title: null,
  });
  for (const name of ['Id', 'City', 'FirstName', 'SystemModstamp', 'IsDeleted', 'LastActivityDate'])
    expect(created.payload).not.toHaveProperty(name);

  await running.client.sobject('Lead').update({ Id: id, FirstName: null, City: null, Title: 'Countess' });
  const updated = await events.event();
  expect(updated.replayId).toBeGreaterThan(created.replayId);
  expect(updated.payload).toMatchObject({
    ChangeEventHeader: {
      changeType: 'UPDATE',
      changedFields: ['Title', 'LastModifiedDate', 'Name.FirstName', 'Address.City'],
    },
    Title: 'Countess',
    Company: null,
    LastModifiedDate: expect.any(Number),
  });

  await running.client.sobject('Lead').destroy(id);
  const deleted = await events.event();
  expect(deleted.payload).toMatchObject({
    ChangeEventHeader: { changeType: 'DELETE', recordIds: [id] },
    Company: null,
  });
  running.org.undelete(running.org.user('admin@local-org.example')!, [id]);
  expect((await events.event()).payload).toMatchObject({
    ChangeEventHeader: { changeType: 'UNDELETE', changeOrigin: '' },
    Company: 'Acme',
  });
});

test('what fails says nothing, what is written twice is one event, and what changes alike is one event', async () => {
  const events = await follow('/data/LeadChangeEvent');
  const ids = await Promise.all(['A', 'B', 'C'].map((LastName) => create('Lead', { ...lead, LastName })));
  for (const id of ids) expect(header(await events.event()).recordIds).toEqual([id]);
  await running.client.sobject('Lead').update(
    ids.map((Id) => ({ Id, Status: Id === ids[2] ? 'x'.repeat(300) : 'Working - Contacted' })),
    { allOrNone: false },
  );
  const alike = header(await events.event());
  expect(alike).toMatchObject({ recordIds: ids.slice(0, 2), changedFields: ['Status', 'LastModifiedDate'] });

  const { org } = running;
  const admin = org.user('admin@local-org.example')!;
  org.transaction(() => {
    org.update(admin, 'Lead', [{ Id: ids[0]!, Title: 'First', City: 'Rome' }]);
    org.update(admin, 'Lead', [{ Id: ids[0]!, Title: 'Second' }]);
    org.remove(
      admin,
      org.insert(admin, 'Lead', [{ ...lead, LastName: 'Ephemeral' }]).map(({ id }) => id!),
    );
  });
  const twice = await events.event();
  expect(header(twice).changedFields).toEqual(['Title', 'LastModifiedDate', 'Address.City']);
  expect(twice.payload['Title']).toBe('Second');
  await running.client.sobject('Lead').destroy(ids[1]!);
  expect(header(await events.event())).toMatchObject({ changeType: 'DELETE', recordIds: [ids[1]] });
});

test('the channel of the package leaves out what the ingester writes, and knows who a campaign member is', async () => {
  const events = await follow(channel);
  const leadId = await create('Lead', lead);
  expect(header(await events.event())).toMatchObject({ entityName: 'Lead', changeType: 'CREATE' });
  const { accessToken } = running.client;
  const callOptions = { client: 'scoreline' };
  const ingester = new jsforce.Connection({
    version: API_VERSION,
    instanceUrl: running.url,
    accessToken: accessToken!,
    callOptions,
  });
  await ingester.sobject('Lead').update({ Id: leadId, Title: 'written by the ingester' });
  const CampaignId = await create('Campaign', { Name: 'Fair' });
  const Id = await create('CampaignMember', { CampaignId, LeadId: leadId });
  expect(header(await events.event())).toMatchObject({ entityName: 'CampaignMember', changeType: 'CREATE' });
  await running.client.sobject('CampaignMember').update({ Id, Status: 'Responded' });
  expect(await events.event()).toMatchObject({
    payload: {
      ChangeEventHeader: { changeType: 'UPDATE', changedFields: ['Status', 'LastModifiedDate'] },
      Status: 'Responded',
      LeadId: leadId,
      ContactId: null,
      CampaignId: null,
    },
  });
  const alone = await pubSub.connect();
  const all = pubSub.follow(alone, '/data/LeadChangeEvent', { from: events.position });
  expect(header(await all.event()).changeType).toBe('CREATE');
  expect(header(await all.event())).toMatchObject({
    changeType: 'UPDATE',
    changeOrigin: 'com/salesforce/api/rest/66.0;client=scoreline',
  });
});

test('a subscription goes on from a position, or from the earliest event, as fast as its client asks', async () => {
  const first = await create('Account', { Name: 'One' });
  for (const Name of ['Two', 'Three']) await create('Account', { Name });
  const events = pubSub.follow(client, '/data/AccountChangeEvent', { from: 'earliest', count: 2 });
  const one = await events.event();
  expect(one).toMatchObject({ payload: { Name: 'One', ChangeEventHeader: { recordIds: [first] } } });
  expect(await events.event()).toMatchObject({ payload: { Name: 'Two' } });
  await events.last();
  client.requestAdditionalEvents('/data/AccountChangeEvent', 1);
  expect(await events.event()).toMatchObject({ payload: { Name: 'Three' } });

  const later = pubSub.follow(await pubSub.connect(), '/data/AccountChangeEvent', { from: one.replayId });
  expect(await later.event()).toMatchObject({ payload: { Name: 'Two' } });
  const never = pubSub.follow(await pubSub.connect(), '/data/AccountChangeEvent', { from: 1e9 });
  const { code, details, metadata } = await never.error();
  expect(code).toBe(3);
  expect(details).toMatch(/^The Replay ID validation failed\..* rpcId: [0-9a-f-]{36}$/);
  expect(metadata.get('error-code')).toEqual(['sfdc.platform.eventbus.grpc.subscription.fetch.replayid.corrupted']);
});

test('platform events are published, alone and in batches, and come back', async () => {
  const events = await follow(ratings);
  const missing = { From__c: null, Model__c: null, Object__c: null, Record_Id__c: null, Value__c: null };
  const by = { CreatedDate: Date.now(), CreatedById: '005000000000000AAA' };
  const fields = { ...by, ...missing, Direction__c: { string: 'Up' }, To__c: { string: 'Hot' } };
  const { replayId, correlationKey } = await client.publish(ratings, fields, 'my-key');
  expect(correlationKey).toBe('my-key');
  const event = await events.event();
  expect(event.replayId).toBe(replayId);
  expect(event.payload).toMatchObject({ CreatedById: expect.stringMatching(/^005/), To__c: 'Hot' });
  const answered = Promise.withResolvers<unknown>();
  await client.publishBatch(ratings, [{ payload: fields }, { payload: fields }], (_, type, data) => {
    if (type === 'publishResponse') answered.resolve(data);
  });
  expect(await answered.promise).toMatchObject({ results: [{ replayId: expect.any(Number) }, {}] });
  expect((await events.event()).payload).toMatchObject({ To__c: 'Hot' });
});

test('events come twice, late, as gaps and overflows, not at all, and subscribers are sent away', async () => {
  const events = await follow('/data/ContactChangeEvent');
  await faults('POST', { on: 'events', what: 'duplicate', times: 1 });
  const id = await create('Contact', { LastName: 'Twice' });
  const [one, two] = [await events.event(), await events.event()];
  expect(two).toEqual({ ...one, replayId: one.replayId + 1 });

  await faults('POST', { on: 'events', what: 'gap', object: 'Contact', ids: [id], changeType: 'GAP_UPDATE' });
  expect((await events.event()).payload).toMatchObject({
    ChangeEventHeader: { changeType: 'GAP_UPDATE', recordIds: [id], changedFields: [] },
    Name: null,
  });
  await faults('POST', { on: 'events', what: 'overflow', object: 'Contact' });
  expect(header(await events.event())).toMatchObject({
    changeType: 'GAP_OVERFLOW',
    recordIds: ['000000000000000AAA'],
  });

  await faults('POST', { on: 'events', what: 'pause' });
  await create('Contact', { LastName: 'Late' });
  const waiting = await events.keepAlive();
  await faults('DELETE');
  const late = await events.event();
  expect(late.payload).toMatchObject({ Name: { LastName: 'Late' } });
  expect(late.replayId).toBeGreaterThan(waiting);

  await faults('POST', { on: 'events', what: 'expire' });
  const past = pubSub.follow(await pubSub.connect(), '/data/ContactChangeEvent', { from: late.replayId });
  expect((await past.error()).metadata.get('error-code')[0]).toMatch(/replayid\.corrupted$/);
  await faults('POST', { on: 'events', what: 'disconnect' });
  expect((await events.error()).metadata.get('error-code')[0]).toMatch(/service\.unavailable$/);
});
