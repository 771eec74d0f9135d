import type { Engagement } from '../engagement/engagement.ts';
import { derivedId, sourceId } from '../engagement/id.ts';
import { namedType } from '../engagement/types.ts';
import type { Delivery, Settings } from './adapter.ts';
import { required } from './batch.ts';
import { engagement } from './build.ts';
import { canonicalParticulars, canonicalPerson } from './canonical.ts';
import { isObject, object, present, type Json } from './json.ts';

/** One event in the contract's own words, after the connection's mapping has put its values in their places. */
export function read(delivery: Delivery, item: Json, { mapping = {} }: Settings): Engagement {
  const event = mapped(item, mapping);
  const type = namedType(required(event, 'type'));
  return engagement(delivery, {
    id: sourceId(event['id']) ?? derivedId(item),
    type,
    when: event['occurredAt'] ?? event['timestamp'],
    person: canonicalPerson(event),
    found: {
      ...canonicalParticulars(event, type),
      properties: present({ ...object(event['properties']) }),
    },
  });
}

/** The value at a path; a column of a file is found by its whole name first, which may have dots in it. */
export function valueAt(json: unknown, path: string): unknown {
  if (isObject(json) && Object.hasOwn(json, path)) return json[path];
  return path
    .split('.')
    .reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), json);
}

/** The item with the mapped values in the places where the contract has them. */
function mapped(item: Json, mapping: Record<string, string>): Json {
  const event = structuredClone(item);
  for (const [target, from] of Object.entries(mapping)) {
    if (target === 'items') continue;
    const value = from.startsWith('=') ? from.slice(1) : valueAt(item, from);
    if (value !== undefined) place(event, target.split('.'), value);
  }
  return event;
}

/** Sets the value at a path, making the objects on the way. */
export function place(event: Json, [key, ...rest]: string[], value: unknown): void {
  if (key === undefined) return;
  if (rest.length === 0) {
    event[key] = value;
    return;
  }
  const inner = Object.hasOwn(event, key) && isObject(event[key]) ? event[key] : {};
  event[key] = inner;
  place(inner, rest, value);
}
