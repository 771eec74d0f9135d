import type { Engagement } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import type { Adapter, Delivery } from './adapter.ts';
import { eventsIn, readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { firstText, parseJson, present, text, without, type Json } from './json.ts';
import { bounceOf, clientOf, externalId, linkOf, listOf } from './parts.ts';
import { verifySharedSecret } from './secret.ts';

const typeOf = typeTable({
  sent: 'email.delivered',
  open: 'email.open',
  click: 'email.click',
  bounce: 'email.bounce',
  blocked: 'email.drop',
  spam: 'email.complaint',
  unsub: 'email.unsubscribe',
});

const placed =
  'event time MessageID Message_GUID email mj_campaign_id mj_contact_id customcampaign mj_list_id url ip agent hard_bounce blocked error error_related_to'.split(
    ' ',
  );

/** Mailjet: one event a request or a list of them, without an ID or a signature. `sent` says that it was delivered. */
export const mailjet: Adapter = {
  name: 'mailjet',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize: (delivery) => readEach(eventsIn(parseJson(delivery.body)), (event) => read(delivery, event)),
};

function read(delivery: Delivery, event: Json): Engagement {
  const type = typeOf(required(event, 'event'));
  return engagement(delivery, {
    id: derivedId(event),
    type,
    when: event['time'],
    person: present({
      email: normalEmail(event['email']),
      externalIds: externalId('mailjet', event['mj_contact_id']),
    }),
    found: {
      campaign: present({
        id: text(event['mj_campaign_id']),
        name: text(event['customcampaign']),
        messageId: firstText(event, 'Message_GUID', 'MessageID'),
      }),
      link: linkOf(event['url']),
      list: listOf(event['mj_list_id']),
      bounce: type === 'email.bounce' ? bounce(event) : undefined,
      client: clientOf(event['ip'], event['agent']),
      properties: present(without(event, ...placed)),
    },
  });
}

function bounce({ hard_bounce, blocked, error_related_to, error }: Json) {
  const word = blocked === true ? 'block' : hard_bounce === true ? 'hard' : 'soft';
  return bounceOf(word, error_related_to, error);
}
