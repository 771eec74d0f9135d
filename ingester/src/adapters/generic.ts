import type { Adapter, Settings } from './adapter.ts';
import { eventsIn, readEach } from './batch.ts';
import { parseJson } from './json.ts';
import { read, valueAt } from './mapping.ts';
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
    readEach(itemsOf(parseJson(delivery.body), settings), (item) => read(delivery, item, settings)),
};

const itemsOf = (json: unknown, { mapping }: Settings): unknown[] =>
  eventsIn(mapping?.['items'] === undefined ? json : valueAt(json, mapping['items']));
