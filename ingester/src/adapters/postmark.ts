import type { Engagement } from '../engagement/engagement.ts';
import { mailboxEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import type { Adapter, Delivery } from './adapter.ts';
import { eventsIn, readEach, required } from './batch.ts';
import { engagement, type Found } from './build.ts';
import { object, parseJson, present, text, without, type Json } from './json.ts';
import { bounceOf, clientOf, linkOf, textsOf } from './parts.ts';
import { verifySharedSecret } from './secret.ts';

const typeOf = typeTable({
  Delivery: 'email.delivered',
  Open: 'email.open',
  Click: 'email.click',
  Bounce: 'email.bounce',
  SpamComplaint: 'email.complaint',
  Inbound: 'email.reply',
});

/** Postmark reports as a bounce whatever a mailbox sends back. */
const typesOfBounces = new Map([
  ['Unsubscribe', 'email.unsubscribe'],
  ['Subscribe', 'email.resubscribe'],
  ['SpamComplaint', 'email.complaint'],
  ['SpamNotification', 'email.complaint'],
]);

/** Types of bounces whose names do not tell their class. */
const classes = new Map([
  ['BadEmailAddress', 'hard'],
  ['DnsError', 'soft'],
  ['VirusNotification', 'block'],
  ['DMARCPolicy', 'block'],
]);

/** What has a place of its own, and the mail itself. */
const placed =
  'RecordType ID MessageID Recipient Email From FromFull Subject Tag OriginalLink UserAgent ReceivedAt BouncedAt DeliveredAt ChangedAt Date Content TextBody HtmlBody StrippedTextReply Headers Attachments'.split(
    ' ',
  );

/** Postmark: one JSON object a request, without a signature. Only bounces and complaints have an ID. */
export const postmark: Adapter = {
  name: 'postmark',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize: (delivery) => readEach(eventsIn(parseJson(delivery.body)), (event) => read(delivery, event)),
};

function read(delivery: Delivery, event: Json): Engagement {
  // Mail that came in is the one thing without a RecordType.
  const kind = 'FromFull' in event ? 'Inbound' : required(event, 'RecordType');
  const { ID, MessageID, OriginalLink, ReceivedAt, BouncedAt, DeliveredAt, ChangedAt } = event;
  const when = ReceivedAt ?? BouncedAt ?? DeliveredAt ?? ChangedAt;
  const address = kind === 'Inbound' ? event['From'] : (event['Recipient'] ?? event['Email']);
  const type = typeFor(kind, event);
  return engagement(delivery, {
    id: derivedId(text(ID) === undefined ? [kind, MessageID, address, when, OriginalLink] : [kind, ID]),
    type,
    when: when ?? event['Date'],
    person: present({ email: mailboxEmail(address) }),
    found: {
      campaign: present({
        messageId: text(MessageID),
        subject: text(event['Subject']),
        tags: textsOf([event['Tag']]),
      }),
      link: linkOf(OriginalLink),
      bounce: type === 'email.bounce' ? bounce(event) : undefined,
      client: clientOf(object(event['Geo'])['IP'], event['UserAgent']),
      properties: present(without(event, ...placed)),
    },
  });
}

function bounce({ Type, TypeCode, Details, Description }: Json): Found['bounce'] {
  const kind = text(Type) ?? '';
  return bounceOf(classes.get(kind) ?? kind, TypeCode, text(Details) ?? Description);
}

function typeFor(kind: string, event: Json): string {
  if (kind === 'Bounce') return typesOfBounces.get(text(event['Type']) ?? '') ?? typeOf(kind);
  if (kind !== 'SubscriptionChange') return typeOf(kind);
  if (event['SuppressSending'] === false) return 'email.resubscribe';
  // Postmark itself stops sending after a hard bounce or a complaint: nobody unsubscribed.
  return event['SuppressionReason'] === 'ManualSuppression' ? 'email.unsubscribe' : 'email.suppress';
}
