import { derivedId, sourceId } from '../engagement/id.ts';
import { qualifiedType } from '../engagement/types.ts';
import type { Adapter } from './adapter.ts';
import { eventsIn, readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { canonicalParticulars, canonicalPerson } from './canonical.ts';
import { object, parseJson, present, without } from './json.ts';
import { problemOfSecret, verifyStandardWebhook } from './standard-webhooks-signature.ts';

/** Anybody who follows Standard Webhooks: `type`, `timestamp` and `data`, which may speak the contract's own words. */
export const standardWebhooks: Adapter = {
  name: 'standard-webhooks',
  accepted: 200,
  verify: verifyStandardWebhook,
  problem: problemOfSecret,
  normalize: (delivery) =>
    readEach(eventsIn(parseJson(delivery.body)), (event) => {
      const type = qualifiedType(required(event, 'type'));
      const data = object(event['data']);
      return engagement(delivery, {
        id: sourceId(delivery.headers['webhook-id']) ?? derivedId(event),
        type,
        when: event['timestamp'],
        person: canonicalPerson(data),
        found: {
          ...canonicalParticulars(data, type),
          properties: present({ ...object(data['properties']), ...without(data, 'properties', 'person') }),
        },
      });
    }),
};
