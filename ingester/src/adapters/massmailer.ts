import type { Engagement } from '../engagement/engagement.ts';
import { mailboxEmail } from '../engagement/email.ts';
import { derivedId, sourceId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import { Unreadable, type Adapter, type Delivery } from './adapter.ts';
import { eventsIn, readEach } from './batch.ts';
import { engagement } from './build.ts';
import { canonicalPerson } from './canonical.ts';
import { parseForm } from './form.ts';
import { firstText, parseJson, present, without, type Json } from './json.ts';
import { bounceOf, clientOf, linkOf } from './parts.ts';
import { verifySharedSecret } from './secret.ts';

/** MassMailer's words for what became of a message, on which its reports are built. */
const typeOf = typeTable({
  sent: 'email.sent',
  processed: 'email.sent',
  delivered: 'email.delivered',
  deferred: 'email.defer',
  open: 'email.open',
  opened: 'email.open',
  click: 'email.click',
  clicked: 'email.click',
  bounce: 'email.bounce',
  bounced: 'email.bounce',
  hard_bounce: 'email.bounce',
  soft_bounce: 'email.bounce',
  dropped: 'email.drop',
  spam: 'email.complaint',
  spamreport: 'email.complaint',
  complaint: 'email.complaint',
  unsubscribe: 'email.unsubscribe',
  unsubscribed: 'email.unsubscribe',
  replied: 'email.reply',
});

const names = {
  event: ['event', 'status', 'type', 'eventType'],
  email: ['email', 'recipient', 'to', 'emailAddress'],
  record: ['salesforceId', 'leadId', 'contactId', 'whoId', 'recordId'],
  time: ['occurredAt', 'timestamp', 'time', 'date', 'eventTime'],
};

/**
 * MassMailer, a package inside the org. It publishes no webhook: what a Flow or an outbound message makes of its records
 * is read in plain words, as JSON or as a form. Spaces and case of an event's name do not count (`Hard Bounce`).
 */
export const massmailer: Adapter = {
  name: 'massmailer',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize(delivery) {
    const isForm = (delivery.headers['content-type'] ?? '').includes('form-urlencoded');
    const events = eventsIn(isForm ? parseForm(delivery.body) : parseJson(delivery.body));
    return readEach(events, (event) => read(delivery, event));
  },
};

function read(delivery: Delivery, event: Json): Engagement {
  const kind = firstText(event, ...names.event)
    ?.trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  if (kind === undefined) throw new Unreadable(`it has none of ${names.event.join(', ')}`);
  const type = typeOf(kind);
  const email = mailboxEmail(firstText(event, ...names.email));
  return engagement(delivery, {
    id: sourceId(event['eventId']) ?? derivedId(event),
    type,
    when: firstText(event, ...names.time),
    person: canonicalPerson({ email, salesforceId: firstText(event, ...names.record) }),
    found: {
      campaign: present({
        id: firstText(event, 'campaignId', 'campaign_id'),
        name: firstText(event, 'campaignName', 'campaign'),
        messageId: firstText(event, 'messageId', 'message_id'),
        subject: firstText(event, 'subject'),
      }),
      link: type === 'email.click' ? linkOf(firstText(event, 'url', 'link')) : undefined,
      bounce:
        type === 'email.bounce'
          ? bounceOf(firstText(event, 'bounceType') ?? kind, event['code'], event['reason'])
          : undefined,
      client: clientOf(event['ip'], event['userAgent']),
      properties: present(without(event, ...Object.values(names).flat())),
    },
  });
}
