import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { credentials, loadPackageDefinition, Metadata } from '@grpc/grpc-js';
import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { fileURLToPath } from 'node:url';
import { PubSubServer } from '../src/pubsub/server.ts';
import { start } from './support/server.ts';
import type { Running } from './support/server.ts';

type Answer = Readonly<Record<string, unknown>>;
type Unary = (
  request: object,
  metadata: Metadata,
  callback: (error: ServiceError | null, answer: Answer) => void,
) => void;
type Stream = (metadata: Metadata) => ClientDuplexStream<object, Answer>;
interface Api {
  readonly GetTopic: Unary;
  readonly GetSchema: Unary;
  readonly Publish: Unary;
  readonly PublishStream: Stream;
  readonly Subscribe: Stream;
  readonly ManagedSubscribe: Stream;
  close(): void;
}

const lead = '/data/LeadChangeEvent';
const ratings = '/event/Rating_Changed__e';

let running: Running;
let server: PubSubServer;
let api: Api;
let known: Metadata;
beforeAll(async () => {
  running = await start();
  const { org, sessions, allowances, url } = running;
  server = new PubSubServer({ org, sessions, allowances, keepAlive: 20 });
  const proto = new URL('../pubsub_api.proto', import.meta.resolve('salesforce-pubsub-api-client'));
  const { eventbus } = loadPackageDefinition(
    loadSync(fileURLToPath(proto), { defaults: true, enums: String }),
  ) as never as {
    eventbus: { v1: { PubSub: new (address: string, tls: unknown) => Api } };
  };
  const tls = credentials.createSsl(null, null, null, { rejectUnauthorized: false });
  api = new eventbus.v1.PubSub((await server.listen(0)).replace('127.0.0.1', 'localhost'), tls);
  known = metadata({ accesstoken: running.client.accessToken!, instanceurl: url, tenantid: org.id });
});
afterAll(async () => {
  api.close();
  await server.close();
  await running.stop();
});

function metadata(values: Record<string, string>): Metadata {
  const made = new Metadata();
  for (const [name, value] of Object.entries(values)) made.set(name, value);
  return made;
}

const refusal = ({ code, details, metadata: trailers }: ServiceError) => {
  const [rpcId] = trailers.get('rpc-id');
  expect(details.endsWith(` rpcId: ${String(rpcId)}`)).toBe(true);
  return [code, String(trailers.get('error-code')[0]).replace('sfdc.platform.eventbus.grpc.', '')];
};

const call = (method: 'GetTopic' | 'GetSchema' | 'Publish', request: object, by = known) =>
  new Promise<Answer>((resolve, reject) => {
    api[method](request, by, (error, answer) => {
      if (error) reject(error);
      else resolve(answer);
    });
  });

const refused = (method: 'GetTopic' | 'GetSchema' | 'Publish', request: object, by = known) =>
  call(method, request, by).then(
    () => undefined,
    (error: unknown) => refusal(error as ServiceError),
  );

/** Sends requests on a stream and gives the first answers, or why it ended. */
const talk = (method: 'Subscribe' | 'ManagedSubscribe' | 'PublishStream', requests: object[], count = 1) =>
  new Promise<Answer[] | unknown[]>((resolve) => {
    const stream = api[method](known);
    const answers: Answer[] = [];
    stream.on('data', (answer: Answer) => {
      answers.push(answer);
      if (answers.length < count) return;
      stream.end();
      resolve(answers);
    });
    stream.on('error', (error: ServiceError) => {
      resolve(refusal(error));
    });
    for (const request of requests) stream.write(request);
  });

test('whoever is not known, or of another org, is turned away', async () => {
  const { url, org, client } = running;
  const right = { accesstoken: client.accessToken!, instanceurl: url, tenantid: org.id };
  const as = (values: object) => refused('GetTopic', { topicName: lead }, metadata({ ...right, ...values }));
  expect(await as({ accesstoken: 'wrong' })).toEqual([16, 'service.auth.error']);
  expect(await as({ tenantid: '00D000000000009AAA' })).toEqual([16, 'service.auth.error']);
  expect(await as({ instanceurl: '' })).toEqual([16, 'service.auth.headers.invalid']);
});

test('topics have schemas, whose ID is theirs alone', async () => {
  const topic = await call('GetTopic', { topicName: lead });
  expect(topic).toMatchObject({ topicName: lead, canSubscribe: true, canPublish: false });
  expect(await call('GetTopic', { topicName: ratings })).toMatchObject({ canPublish: true });
  const { schemaJson } = await call('GetSchema', { schemaId: topic['schemaId'] });
  const schema = JSON.parse(schemaJson as string) as { name: string; fields: { name: string; type: unknown }[] };
  expect(schema).toMatchObject({ name: 'LeadChangeEvent', namespace: 'com.sforce.eventbus' });
  const field = (name: string) => schema.fields.find((each) => each.name === name);
  expect(schema.fields[0]!.name).toBe('ChangeEventHeader');
  expect(field('NumberOfEmployees')).toEqual({
    name: 'NumberOfEmployees',
    type: ['null', 'int'],
    doc: 'Data:Integer',
    default: null,
  });
  expect(field('Address')!.type).toMatchObject(['null', { name: 'Address' }]);
  expect(field('City')).toBeUndefined();
  expect(await refused('GetTopic', { topicName: '/data/OrderChangeEvent' })).toEqual([5, 'topic.not.found']);
  expect(await refused('GetTopic', { topicName: '' })).toEqual([3, 'topic.validation.empty']);
  expect(await refused('GetSchema', { schemaId: '' })).toEqual([3, 'schema.validation.failed']);
  expect(await refused('GetSchema', { schemaId: 'nope' })).toEqual([5, 'schema.meta.permission']);
});

test('a subscription that makes no sense ends with the reason', async () => {
  const fetch = { topicName: lead, numRequested: 1 };
  const subscribe = (...requests: object[]) => talk('Subscribe', requests);
  expect(await subscribe({ ...fetch, topicName: '/data/No__chn' })).toEqual([5, 'topic.not.found']);
  expect(await subscribe({ ...fetch, numRequested: 0 })).toEqual([3, 'subscription.fetch.requested.events.invalid']);
  expect(await subscribe({ ...fetch, replayPreset: 'CUSTOM' })).toEqual([
    3,
    'subscription.fetch.replayid.validation.failed',
  ]);
  for (const replayId of [Buffer.from('x'), Buffer.alloc(10, 1)])
    expect(await subscribe({ ...fetch, replayPreset: 'CUSTOM', replayId })).toEqual([
      3,
      'subscription.fetch.replayid.corrupted',
    ]);
  expect(await subscribe(fetch, { ...fetch, topicName: ratings })).toEqual([3, 'subscription.fetch.topic.mismatch']);
  expect(await talk('ManagedSubscribe', [{ developerName: 'Mine', numRequested: 1 }])).toEqual([
    12,
    'service.unavailable',
  ]);
});

test('a keepalive says how far the subscription is, and how much it still waits for', async () => {
  const [first, second] = (await talk('Subscribe', [{ topicName: lead, numRequested: 250 }], 2)) as Answer[];
  expect(first).toMatchObject({ events: [], pendingNumRequested: 100 });
  const position = ({ latestReplayId }: Answer) => (latestReplayId as Buffer).readBigUInt64BE();
  expect(position(second!)).toBeGreaterThan(position(first!));
  await running.client.sobject('Lead').create({ LastName: 'A', Company: 'B' });
  const from = { replayPreset: 'CUSTOM', replayId: first!['latestReplayId'] };
  const [fetched] = (await talk('Subscribe', [{ topicName: lead, numRequested: 2, ...from }])) as Answer[];
  expect(fetched).toMatchObject({ events: [{ event: { id: expect.any(String) } }], pendingNumRequested: 1 });
});

test('a publication that makes no sense is refused, as a whole or event by event', async () => {
  const event = { id: 'a', schemaId: 'nope', payload: Buffer.alloc(0) };
  expect(await refused('Publish', { topicName: '', events: [event] })).toEqual([3, 'publish.topic.validation.empty']);
  expect(await refused('Publish', { topicName: ratings, events: [] })).toEqual([3, 'publish.event.count.invalid']);
  expect(await refused('Publish', { topicName: lead, events: [event] })).toEqual([7, 'topic.meta.permission']);
  const { schemaId } = await call('GetTopic', { topicName: ratings });
  const { results } = await call('Publish', { topicName: ratings, events: [event, { ...event, id: 'b', schemaId }] });
  expect(results).toMatchObject([
    { correlationKey: 'a', error: { code: 'PUBLISH', msg: expect.stringContaining('nope') } },
    { correlationKey: 'b', error: { code: 'PUBLISH' } },
  ]);
  const batch = { topicName: ratings, events: [event] };
  expect(await talk('PublishStream', [batch, { ...batch, topicName: lead }], 2)).toEqual([3, 'publish.topic.mismatch']);
});
