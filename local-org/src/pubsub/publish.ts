import { status } from '@grpc/grpc-js';
import { eventSchema } from '../events/avro-schema.ts';
import type { Org, PublishedEvent, User } from '../org.ts';
import type { Row, SObject } from '../schema/types.ts';
import { decodeEvent } from './codec.ts';
import type { ProducerEvent, PublishRequest, PublishResponse, PublishResult } from './protocol.ts';
import { encodeReplayId } from './replay-id.ts';
import { invalid, RpcError } from './rpc-error.ts';
import type { OpenStream, Peer } from './rpc.ts';
import { topicOf } from './topics.ts';

/** Publishes a batch; each event has a result of its own. Throws an RpcError where the batch as a whole cannot be. */
export function publish(org: Org, user: User, { topicName, events }: PublishRequest, rpcId: string): PublishResponse {
  if (topicName === '')
    throw invalid('publish.topic.validation.empty', 'The topic name is blank. Provide a topic name.');
  if (events.length === 0) throw invalid('publish.event.count.invalid', 'A publish request has at least one event.');
  const object = org.channels.objectOf(topicOf(org, topicName).name);
  if (!object?.isEvent || !org.as(user).schema.object(object.name)?.createable)
    throw new RpcError(
      status.PERMISSION_DENIED,
      'topic.meta.permission',
      `You do not have permission to publish to the topic ${topicName}.`,
    );
  const results = events.map((event) => publishOne(org, user, object, event));
  return { results, schemaId: eventSchema(object).id, rpcId };
}

/** A stream of batches for one topic, each answered in its turn. */
export function publishStream(org: Org, { user, rpcId, write }: Peer<PublishResponse>): OpenStream<PublishRequest> {
  let topic: string | undefined;
  return {
    request: (request) => {
      topic ??= request.topicName;
      if (request.topicName !== '' && request.topicName !== topic)
        throw invalid('publish.topic.mismatch', 'The topic cannot change within a publish stream.');
      write(publish(org, user, { ...request, topicName: topic }, rpcId));
    },
    close: () => undefined,
  };
}

function publishOne(org: Org, user: User, object: SObject, event: ProducerEvent): PublishResult {
  const correlationKey = event.id;
  const failed = (msg: string): PublishResult => ({
    replayId: encodeReplayId(0),
    correlationKey,
    error: { code: 'PUBLISH', msg },
  });
  if (event.schemaId !== eventSchema(object).id)
    return failed(`The schema ID ${event.schemaId} is not that of the topic.`);
  const row = fieldsOf(object, event.payload);
  if (!row) return failed('The payload cannot be read with the schema.');
  let replayId = 0;
  const published = (each: PublishedEvent) => {
    if (each.object === object.name) replayId ||= each.replayId;
  };
  org.events.on('publish', published);
  try {
    const [result] = org.insert(user, object.name, [row]);
    const [error] = result!.errors;
    return result!.success ? { replayId: encodeReplayId(replayId), correlationKey } : failed(error!.message);
  } finally {
    org.events.off('publish', published);
  }
}

/** The event's own fields; who publishes it, and when, the org knows itself. Undefined where they cannot be read. */
function fieldsOf(object: SObject, payload: Buffer): Row | undefined {
  try {
    const fields = Object.entries(decodeEvent(object, payload)).filter(([name]) => name.endsWith('__c'));
    return Object.fromEntries(fields);
  } catch {
    return undefined;
  }
}
