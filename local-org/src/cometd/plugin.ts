import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { plainChannel } from '../events/channel.ts';
import type { Channel } from '../events/channel.ts';
import type { Position } from '../events/event-bus.ts';
import { maySubscribe, read } from '../events/reader.ts';
import type { Allowances } from '../limits/allowances.ts';
import type { Sessions } from '../oauth/sessions.ts';
import type { Org, User } from '../org.ts';
import { literal } from '../rest/request.ts';
import { BayeuxClient, DeliveryLimit } from './client.ts';
import type { Message } from './client.ts';

export interface CometdOptions {
  readonly org: Org;
  readonly sessions: Sessions;
  readonly allowances: Allowances;
}

/** How long a connect waits for events, in ms. */
const timeout = 110_000;

/**
 * CometD (Bayeux over long polling) at `/cometd/66.0`: change events, platform events, PushTopics and generic channels, each
 * from a position on.
 */
export function cometd(app: FastifyInstance, { org, sessions, allowances }: CometdOptions, done: () => void): void {
  const clients = new Map<string, BayeuxClient>();
  const closeAll = () => {
    for (const client of clients.values()) client.close();
    clients.clear();
  };
  org.bus.signals.on('disconnect', closeAll);
  app.addHook('preClose', () => {
    org.bus.signals.off('disconnect', closeAll);
    closeAll();
  });
  const allowance = (channel: string) =>
    allowances.of(
      channel.startsWith('/topic/')
        ? 'DailyDurableStreamingApiEvents'
        : channel.startsWith('/u/')
          ? 'DailyDurableGenericStreamingApiEvents'
          : 'DailyDeliveredPlatformEvents',
    );

  const handshake = (message: Message, user: User | undefined): Message => {
    const { channel, id } = message;
    const base = { channel, id, ext: { replay: true, 'payload.format': true } };
    if (!user)
      return {
        ...base,
        ext: { ...base.ext, sfdc: { failureReason: '401::Authentication invalid' } },
        advice: { reconnect: 'none' },
        error: '403::Handshake denied',
        successful: false,
      };
    const clientId = randomBytes(16).toString('hex');
    clients.set(clientId, new BayeuxClient(clientId, user, org.bus, allowance));
    const supported = { version: '1.0', minimumVersion: '1.0', supportedConnectionTypes: ['long-polling'] };
    return { ...base, ...supported, clientId, successful: true };
  };

  /** Returns why not. */
  const subscribe = (client: BayeuxClient, { ext, subscription }: Message): string | undefined => {
    const name = String(subscription);
    if (!name.startsWith('/')) return "400::Channel subscriptions must start with a leading '/'";
    const channel = channelOf(org, client.user, name);
    if (!channel) return `400::The channel you requested to subscribe to does not exist {${name}}`;
    if (!maySubscribe(org, client.user, channel)) return `403::User not allowed to view this type of event {${name}}`;
    const replay = (ext as { replay?: Record<string, number> } | undefined)?.replay?.[name] ?? -1;
    const reader = read(org, client.user, channel, position(replay));
    if (!reader)
      return `400::The replayId {${replay}} you provided was invalid. Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`;
    client.subscribe(name, reader);
    return undefined;
  };

  const connect = async (client: BayeuxClient, reply: Message): Promise<Message[]> => {
    const advice = { interval: 0, timeout, reconnect: 'retry' };
    try {
      const events = await client.next(timeout);
      return [...events, clients.has(client.id) ? { ...reply, advice, successful: true } : unknownClient(reply)];
    } catch (error) {
      if (!(error instanceof DeliveryLimit)) throw error;
      clients.delete(client.id);
      const refusal = '403::Organization total events daily limit exceeded';
      return [{ ...reply, advice: { reconnect: 'none' }, error: refusal, successful: false }];
    }
  };

  const answer = async (message: Message, user: User | undefined): Promise<Message[]> => {
    const { channel, id, subscription } = message;
    if (channel === '/meta/handshake') return [handshake(message, user)];
    const client = clients.get(String(message['clientId']));
    const base = { channel, id, ...(subscription === undefined ? {} : { subscription }) };
    if (!user)
      return [{ ...base, advice: { reconnect: 'none' }, error: '401::Authentication invalid', successful: false }];
    if (!client || client.user.id !== user.id) return [unknownClient(base)];
    const reply = { ...base, clientId: client.id };
    if (channel === '/meta/connect') return connect(client, reply);
    if (channel === '/meta/subscribe') {
      const error = subscribe(client, message);
      return [{ ...reply, ...(error === undefined ? {} : { error }), successful: error === undefined }];
    }
    if (channel === '/meta/unsubscribe') client.unsubscribe(String(subscription));
    else if (channel === '/meta/disconnect') {
      client.close();
      clients.delete(client.id);
    } else return [{ ...reply, error: '403::Clients cannot publish', successful: false }];
    return [{ ...reply, successful: true }];
  };

  app.post('/cometd/:version', async (request) => {
    const user = sessions.identify(request);
    const answers: Message[] = [];
    for (const message of [request.body ?? []].flat() as Message[]) answers.push(...(await answer(message, user)));
    return answers;
  });
  done();
}

const unknownClient = (base: Message): Message => ({
  ...base,
  advice: { interval: 0, reconnect: 'handshake' },
  error: '403::Unknown client',
  successful: false,
});

const position = (replay: number): Position => (replay === -1 ? 'latest' : replay === -2 ? 'earliest' : replay);

/** The channel of this name: one of the bus, or of a PushTopic or StreamingChannel that the user can see. */
function channelOf(org: Org, user: User, name: string): Channel | undefined {
  const [, kind, topic = ''] = /^\/(topic|u)\/(.+)$/.exec(name) ?? [];
  if (!kind) return org.channels.find(name);
  const [object, record] = kind === 'topic' ? ['PushTopic', topic] : ['StreamingChannel', name];
  const { totalSize } = org.query(user, `SELECT COUNT() FROM ${object} WHERE Name = ${literal(record)}`);
  return totalSize > 0 ? plainChannel(name) : undefined;
}
