import { derivedId, sourceId } from '../engagement/id.ts';
import { namedType } from '../engagement/types.ts';
import type { Adapter, Settings } from './adapter.ts';
import { eventsIn, readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { canonicalParticulars, canonicalPerson } from './canonical.ts';
import { isObject, object, parseJson, present, type Json } from './json.ts';
import { verifySharedSecret } from './secret.ts';

/**
 * Any JSON. Without a mapping it is read in the contract's own words (`type`, `id`, `occurredAt`, `person.email` or
 * `email`, `link.url` ...). A mapping gives for a path of the engagement the path in the JSON, or a literal after `=`:
 *
 *     { "items": "events", "type": "=form.submit", "person.email": "lead.mail", "occurredAt": "created" }
 *
 * `items` names the list that holds the events; a body that is a list needs none.
 */
export const generic: Adapter = {
  name: 'generic',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize: (delivery, settings) =>
    readEach(itemsOf(parseJson(delivery.body), settings), (item) => {
      const event = mapped(item, settings.mapping ?? {});
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
    }),
};

const itemsOf = (json: unknown, { mapping }: Settings): unknown[] =>
  eventsIn(mapping?.['items'] === undefined ? json : valueAt(json, mapping['items']));

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

const valueAt = (json: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), json);

function place(event: Json, [key, ...rest]: string[], value: unknown): void {
  if (key === undefined) return;
  if (rest.length === 0) {
    event[key] = value;
    return;
  }
  const inner = isObject(event[key]) ? event[key] : {};
  event[key] = inner;
  place(inner, rest, value);
}
