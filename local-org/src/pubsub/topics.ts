import { status } from '@grpc/grpc-js';
import { eventSchema } from '../events/avro-schema.ts';
import type { EventSchema } from '../events/avro-schema.ts';
import type { Channel } from '../events/channel.ts';
import { maySubscribe } from '../events/reader.ts';
import type { Org, User } from '../org.ts';
import type { SObject } from '../schema/types.ts';
import { invalid, RpcError, topicNotFound } from './rpc-error.ts';

/** The channel behind a topic name. */
export function topicOf(org: Org, name: string): Channel {
  if (name === '') throw invalid('topic.validation.empty', 'The topic name is blank. Provide a topic name.');
  const channel = org.channels.find(name);
  if (!channel) throw topicNotFound(org.id, name);
  return channel;
}

/** The channel, for a user who may read what is on it. */
export function subscribableTopic(org: Org, user: User, name: string): Channel {
  const channel = topicOf(org, name);
  if (maySubscribe(org, user, channel)) return channel;
  throw new RpcError(
    status.PERMISSION_DENIED,
    'subscription.topic.cannot.subscribe',
    `You do not have permission to subscribe to the topic ${name}.`,
  );
}

/** Topics of several kinds of events have no schema of their own. */
export function topicInfo(org: Org, user: User, name: string, rpcId: string) {
  const channel = topicOf(org, name);
  const object = org.channels.objectOf(name);
  return {
    topicName: name,
    tenantGuid: `CORE/prod/${org.id}`,
    canPublish: object?.isEvent === true && org.as(user).schema.object(object.name)?.createable === true,
    canSubscribe: maySubscribe(org, user, channel),
    schemaId: object ? eventSchema(object).id : '',
    rpcId,
  };
}

/** The schema with this ID, of whatever event of the org. */
export function schemaOf(org: Org, id: string): EventSchema {
  if (id === '') throw invalid('schema.validation.failed', 'The schema ID is blank. Provide a schema ID.');
  const schema = events(org)
    .map(eventSchema)
    .find((each) => each.id === id);
  if (schema) return schema;
  throw new RpcError(
    status.NOT_FOUND,
    'schema.meta.permission',
    `The schema information for org CORE/prod/${org.id} and schema ID ${id} not found.`,
  );
}

const events = ({ schema, channels }: Org): SObject[] =>
  schema.objects.filter(({ name, isEvent }) => isEvent || channels.captures(name));
