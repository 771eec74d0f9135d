import { eventSchema, platformEventFields } from '../events/avro-schema.ts';
import { withZulu } from '../events/body-text.ts';
import type { BusEvent, ChangeEvent, PlatformEvent } from '../events/event.ts';
import type { Row, SObject } from '../schema/types.ts';

/** A change event or platform event as CometD clients get it. */
export function presentEvent(event: BusEvent, object: SObject): object {
  const { id: schema } = eventSchema(object);
  return object.isEvent
    ? platformEvent(event as PlatformEvent, object, schema)
    : changeEvent(event as ChangeEvent, schema);
}

function platformEvent({ replayId, uuid, content }: PlatformEvent, object: SObject, schema: string): object {
  const fields = platformEventFields(object).map(({ name }) => [name, content[name] ?? null] as const);
  const event = { EventUuid: uuid, replayId, EventApiName: object.name };
  return { schema, payload: withZulu(Object.fromEntries(fields)), event };
}

/** Without the fields that only the Pub/Sub API has: `nulledFields` and `diffFields`. */
function changeEvent({ replayId, content }: ChangeEvent, schema: string): object {
  const header = Object.entries(content.header).filter(([name]) => name !== 'nulledFields' && name !== 'diffFields');
  const payload = { ChangeEventHeader: Object.fromEntries(header), ...withZulu(content.body) };
  return { schema, payload, event: { replayId } };
}

/** A PushTopic or generic event. */
export function presentPush({ replayId, publishedAt, content }: BusEvent): object {
  const { type, ...rest } = content as Row;
  const createdDate = new Date(publishedAt).toISOString();
  return { ...rest, event: { createdDate, replayId, ...(type === undefined ? {} : { type }) } };
}
