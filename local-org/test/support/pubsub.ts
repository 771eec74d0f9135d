import PubSubApiClient from 'salesforce-pubsub-api-client';
import { demoApp } from '../../src/oauth/connected-app.ts';
import { PubSubServer } from '../../src/pubsub/server.ts';
import type { Running } from './server.ts';

/** An event as the real client hands it over. */
export interface Received {
  readonly id: string;
  readonly schemaId: string;
  readonly replayId: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A gRPC error as the real client hands it over. */
export interface Refused {
  readonly code: number;
  readonly details: string;
  readonly metadata: { get(key: string): string[] };
}

type Callback = (subscription: { lastReplayId: number }, type: string, data?: unknown) => void;

/** The calls that are used here, without the client's own types of callbacks. */
interface Client {
  subscribe(topic: string, callback: Callback, count: number | null): void;
  subscribeFromEarliestEvent(topic: string, callback: Callback, count: number | null): void;
  subscribeFromReplayId(topic: string, callback: Callback, count: number | null, replayId: number): void;
  requestAdditionalEvents(topic: string, count: number): void;
  publish(topic: string, payload: object, key?: string): Promise<{ replayId: number; correlationKey: string }>;
  publishBatch(topic: string, events: object[], callback: Callback): Promise<void>;
  connect(): Promise<void>;
  close(): void;
}

const nobody = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** The Pub/Sub API of an org, and the real client on the other end, logged in with client credentials. */
export async function startPubSub({ org, url, sessions, allowances }: Running, { keepAlive = 270_000 } = {}) {
  const server = new PubSubServer({ org, sessions, allowances, keepAlive });
  const pubSubEndpoint = await server.listen(0);
  const clients: Client[] = [];
  const streams: Promise<unknown>[] = [];

  const connect = async () => {
    const client = new PubSubApiClient(
      {
        authType: 'oauth-client-credentials',
        loginUrl: url,
        clientId: demoApp.id,
        clientSecret: demoApp.secret!,
        pubSubEndpoint,
        rejectUnauthorizedSsl: false,
      },
      nobody,
    ) as unknown as Client;
    await client.connect();
    clients.push(client);
    return client;
  };

  /** Subscribes, and gives what the callback is told, one by one. */
  const follow = (
    client: Client,
    topic: string,
    { from = 'latest', count = null }: { from?: 'latest' | 'earliest' | number; count?: number | null } = {},
  ) => {
    const told: { type: string; data: unknown }[] = [];
    let wake: () => void = () => undefined;
    const ended = Promise.withResolvers<undefined>();
    const callback: Callback = ({ lastReplayId }, type, data) => {
      told.push({ type, data: data ?? lastReplayId });
      if (type === 'grpcStatus') ended.resolve(undefined);
      wake();
    };
    if (from === 'latest') client.subscribe(topic, callback, count);
    else if (from === 'earliest') client.subscribeFromEarliestEvent(topic, callback, count);
    else client.subscribeFromReplayId(topic, callback, count, from);
    streams.push(ended.promise);
    const next = async (type: string): Promise<unknown> => {
      for (;;) {
        const found = told.findIndex((each) => each.type === type);
        if (found >= 0) return told.splice(0, found + 1).at(-1)!.data;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    };
    return {
      event: async () => (await next('event')) as Received,
      error: async () => (await next('error')) as Refused,
      keepAlive: async () => (await next('grpcKeepAlive')) as number,
      last: () => next('lastEvent'),
    };
  };

  /** The client drops its error handlers when it is closed, so that its streams must have ended before. */
  const stop = async () => {
    const closed = server.close();
    await Promise.all(streams);
    for (const client of clients) client.close();
    await closed;
  };
  return { server, pubSubEndpoint, connect, follow, stop };
}
