import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Org, User } from '../org.ts';
import type { Sessions } from '../oauth/sessions.ts';
import { literal } from '../rest/request.ts';
import { datetimeText } from '../time.ts';
import type { Channels } from './channels.ts';
import { BayeuxClient } from './client.ts';
import type { Message } from './client.ts';

export interface CometdOptions {
  readonly org: Org;
  readonly sessions: Sessions;
  readonly channels: Channels;
}

/** How long a connect waits for events, in ms. */
const timeout = 110_000;

/** CometD (Bayeux over long polling) at `/cometd/66.0`: PushTopics, generic channels and platform events, with replay. */
export function cometd(app: FastifyInstance, { org, sessions, channels }: CometdOptions, done: () => void): void {
  const clients = new Map<string, BayeuxClient>();
  app.addHook('preClose', () => {
    for (const client of clients.values()) client.close();
  });
  org.events.on('publish', ({ object, replayId, fields }) => {
    const content = { schema: object, payload: fields };
    channels.publish(`/event/${object}`, datetimeText(org.clock()).replace('+0000', 'Z'), content, { replayId });
  });

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
    clients.set(clientId, new BayeuxClient(clientId, user, channels));
    const supported = { version: '1.0', minimumVersion: '1.0', supportedConnectionTypes: ['long-polling'] };
    return { ...base, ...supported, clientId, successful: true };
  };

  const subscribe = (client: BayeuxClient, { ext, subscription }: Message): string | undefined => {
    const name = String(subscription);
    if (!exists(org, client.user, name)) return `404::Unknown channel ${name}`;
    const replay = (ext as { replay?: Record<string, number> } | undefined)?.replay?.[name] ?? -1;
    return client.subscribe(name, replay)
      ? undefined
      : `400::The replayId {${replay}} you provided was invalid. Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`;
  };

  const answer = async (message: Message, user: User | undefined): Promise<Message[]> => {
    const { channel, id, subscription } = message;
    if (channel === '/meta/handshake') return [handshake(message, user)];
    const client = clients.get(String(message['clientId']));
    const base = { channel, id, ...(subscription === undefined ? {} : { subscription }) };
    if (!client || client.user.id !== user?.id) {
      const advice = user ? { interval: 0, reconnect: 'handshake' } : { reconnect: 'none' };
      return [
        { ...base, advice, error: user ? '403::Unknown client' : '401::Authentication invalid', successful: false },
      ];
    }
    const reply = { ...base, clientId: client.id };
    if (channel === '/meta/connect') {
      const advice = { interval: 0, timeout, reconnect: 'retry' };
      return [...(await client.next(timeout)), { ...reply, advice, successful: true }];
    }
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

/** Whether a channel can be subscribed to. */
function exists(org: Org, user: User, name: string): boolean {
  const [, kind, rest = ''] = /^\/(topic|event|u)\/(.+)$/.exec(name) ?? [];
  if (kind === 'event') return org.schema.object(rest)?.isEvent === true;
  const stored = { topic: ['PushTopic', rest], u: ['StreamingChannel', name] }[kind as string];
  if (!stored) return false;
  return org.query(user, `SELECT COUNT() FROM ${stored[0]!} WHERE Name = ${literal(stored[1]!)}`).totalSize > 0;
}
