import type { Engagement } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import type { Adapter, Delivery } from './adapter.ts';
import { eventsIn, readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { object, parseJson, present, text, without, type Json } from './json.ts';
import { bounceOf, clientOf, externalId, linkOf, textsOf } from './parts.ts';
import { verifySharedSecret } from './secret.ts';

const typeOf = typeTable({
  sent: 'email.sent',
  delivered: 'email.delivered',
  opened: 'email.open',
  clicked: 'email.click',
  bounced: 'email.bounce',
  unsubscribed: 'email.unsubscribe',
  user_created: 'person.update',
  user_updated: 'person.update',
});

const placed = 'type user campaign message_id url user_agent bounce_type bounce_code bounce_message'.split(' ');

/** Vero: one event a request, without an ID or a signature. When it was stands under the name of the event: `opened_at`. */
export const vero: Adapter = {
  name: 'vero',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize: (delivery) => readEach(eventsIn(parseJson(delivery.body)), (event) => read(delivery, event)),
};

function read(delivery: Delivery, event: Json): Engagement {
  const kind = required(event, 'type');
  const type = typeOf(kind);
  const user = object(event['user']);
  const { id, name, subject, tags } = object(event['campaign']);
  return engagement(delivery, {
    id: derivedId(event),
    type,
    when: event[`${kind}_at`],
    person: present({
      email: normalEmail(user['email']) ?? normalEmail(event['email']),
      externalIds: externalId('vero', user['id'] ?? event['id']),
    }),
    found: {
      campaign: present({
        id: text(id),
        name: text(name),
        messageId: text(event['message_id']),
        subject: text(subject),
        tags: textsOf(tags),
      }),
      link: linkOf(event['url']),
      bounce:
        type === 'email.bounce'
          ? bounceOf(event['bounce_type'], event['bounce_code'], event['bounce_message'])
          : undefined,
      client: clientOf(undefined, event['user_agent']),
      properties: present(without(event, ...placed, `${kind}_at`)),
    },
  });
}
