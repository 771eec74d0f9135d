import { normalEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { namedType } from '../engagement/types.ts';
import type { Adapter } from './adapter.ts';
import { eventsIn, readEach } from './batch.ts';
import { engagement } from './build.ts';
import { firstText, object, parseJson, present, text, without } from './json.ts';
import { externalId } from './parts.ts';
import { verifySharedSecret } from './secret.ts';

/** Marketo: whatever the author of a webhook wrote into its template, commonly with its name, lead and campaign. */
export const marketo: Adapter = {
  name: 'marketo',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize: (delivery) =>
    readEach(eventsIn(parseJson(delivery.body)), (event) => {
      const lead = object(event['lead']);
      const campaign = object(event['campaign']);
      return engagement(delivery, {
        id: derivedId(event),
        type: namedType(firstText(event, 'type', 'name') ?? 'webhook'),
        when: event['datetime'],
        person: present({
          email: normalEmail(lead['email_address']) ?? normalEmail(lead['email']),
          externalIds: externalId('marketo', lead['id']),
        }),
        found: {
          campaign: present({ id: text(campaign['id']), name: text(campaign['name']) }),
          properties: present(without(event, 'type', 'datetime', 'campaign')),
        },
      });
    }),
};
