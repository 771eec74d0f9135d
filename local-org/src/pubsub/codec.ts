import avro from 'avro-js/lib/schemas.js';
import type { Type } from 'avro-js/lib/schemas.js';
import { avroType, eventSchema, platformEventFields } from '../events/avro-schema.ts';
import { bodyFields } from '../events/body-fields.ts';
import type { ChangeEvent, PlatformEvent } from '../events/event.ts';
import type { Delivery } from '../events/reader.ts';
import type { Field, Row, SObject, Value } from '../schema/types.ts';
import { dateText, datetimeText } from '../time.ts';
import { fieldBitmaps } from './bitmap.ts';

const types = new WeakMap<SObject, Type>();

function typeOf(object: SObject): Type {
  const type = types.get(object) ?? avro.createType(JSON.parse(eventSchema(object).json));
  types.set(object, type);
  return type;
}

/** An event in Avro. All fields of its schema are there; those that say nothing are null. */
export function encodeEvent({ event }: Delivery, object: SObject): Buffer {
  return typeOf(object).toBuffer(
    object.isEvent
      ? platformEvent((event as PlatformEvent).content, object)
      : changeEvent((event as ChangeEvent).content, object),
  );
}

const platformEvent = (fields: Row, object: SObject): object =>
  Object.fromEntries(
    platformEventFields(object).map((field) => {
      const value = encode(field, fields[field.name] ?? null);
      return [field.name, field.nillable ? branch(avroType(field.type), value) : value];
    }),
  );

function changeEvent({ header, body }: ChangeEvent['content'], object: SObject): object {
  const event: Record<string, unknown> = {
    ChangeEventHeader: {
      ...header,
      nulledFields: fieldBitmaps(object, header.nulledFields),
      diffFields: fieldBitmaps(object, header.diffFields),
      changedFields: fieldBitmaps(object, header.changedFields),
    },
  };
  for (const { name, field, compound } of bodyFields(object)) {
    const value = body[name] ?? null;
    if (!compound || value === null) event[name] = branch(avroType(field.type), encode(field, value));
    else {
      const parts = compound.parts.map((part) => [
        part.name,
        branch(avroType(part.field.type), encode(part.field, (value as Row)[part.name] ?? null)),
      ]);
      event[name] = branch(`com.sforce.eventbus.${compound.type}`, Object.fromEntries(parts));
    }
  }
  return event;
}

/** A value of a union: null, or the branch that it belongs to. */
const branch = (name: string, value: unknown) => (value === null ? null : { [name]: value });

/** Instants, days and times of the day are ms. */
function encode({ type }: Field, value: Value): string | number | boolean | null {
  if (value === null || typeof value === 'object') return null;
  if (type === 'time') return Date.parse(`1970-01-01T${String(value)}`);
  return type === 'date' || type === 'datetime' ? Date.parse(String(value)) : value;
}

/** The fields of a platform event that was published in Avro. Throws where the payload does not follow the schema. */
export function decodeEvent(object: SObject, payload: Buffer): Row {
  const values = typeOf(object).fromBuffer(payload) as Record<string, unknown>;
  return Object.fromEntries(
    platformEventFields(object).map((field) => [field.name, decode(field, unwrapped(values[field.name]))]),
  );
}

const unwrapped = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? Object.values(value)[0] : value;

function decode({ type }: Field, value: unknown): Value {
  if (type === 'datetime') return typeof value === 'number' ? datetimeText(value) : null;
  if (type === 'date') return typeof value === 'number' ? dateText(value) : null;
  if (type === 'time') return typeof value === 'number' ? new Date(value).toISOString().slice(11) : null;
  return value as Value;
}
