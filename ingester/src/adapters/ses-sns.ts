import type { Engagement } from '../engagement/engagement.ts';
import { mailboxEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import { Unreadable, type Adapter, type Delivery } from './adapter.ts';
import { readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { isObject, object, parseJson, present, text, type Json } from './json.ts';
import { bounceOf, clientOf, linkOf, listOf } from './parts.ts';
import { sns } from './sns.ts';

const typeOf = typeTable({
  Send: 'email.sent',
  Delivery: 'email.delivered',
  DeliveryDelay: 'email.defer',
  Bounce: 'email.bounce',
  Reject: 'email.drop',
  'Rendering Failure': 'email.drop',
  Open: 'email.open',
  Click: 'email.click',
  Complaint: 'email.complaint',
});

/** Where in an SNS message the event says more, where that is not its name in lower case. */
const details = new Map([
  ['DeliveryDelay', 'deliveryDelay'],
  ['Rendering Failure', 'failure'],
]);

/**
 * Amazon SES through SNS: an envelope signed with RSA, whose `Message` is the event as JSON text. Anybody can have a
 * topic, so that a good signature alone proves little; the connection's `topics` say whose are meant. A message about the
 * subscription itself is no engagement.
 */
export const sesSns: Adapter = {
  name: 'ses-sns',
  accepted: 200,
  ...sns,
  problem: ({ topics }) =>
    topics?.length
      ? undefined
      : 'its topics are missing; list the ARNs of yours, as anybody at Amazon can have a topic',
  normalize(delivery) {
    const envelope = parseJson(delivery.body);
    if (!isObject(envelope)) throw new Unreadable('the body is no SNS message');
    const kind = text(envelope['Type']);
    if (kind === 'SubscriptionConfirmation' || kind === 'UnsubscribeConfirmation') return readEach([], () => []);
    return readEach([envelope], () => read(delivery, envelope));
  },
};

/** One engagement for each recipient. */
function read(delivery: Delivery, envelope: Json): Engagement[] {
  // SES writes this once to each topic that it is told to use.
  if (text(envelope['Message'])?.startsWith('Successfully validated SNS topic')) return [];
  const event = parseJson(Buffer.from(required(envelope, 'Message')));
  if (!isObject(event)) throw new Unreadable('its Message is no event');
  const kind = text(event['eventType']) ?? required(event, 'notificationType');
  const mail = object(event['mail']);
  const detail = object(event[details.get(kind) ?? kind.toLowerCase()]);
  const { bounceType, ipAddress, userAgent, link } = detail;
  const recipients = recipientsOf(kind, detail, mail);
  const type = typeFor(kind, detail);
  return recipients.map(({ address, status, diagnosticCode }) =>
    engagement(delivery, {
      id: derivedId([text(envelope['MessageId']) ?? event, address]),
      type,
      when: detail['timestamp'] ?? mail['timestamp'] ?? envelope['Timestamp'],
      person: present({ email: mailboxEmail(address) }),
      found: {
        campaign: present({
          id: text(list(object(mail['tags'])['ses:configuration-set'])[0]),
          messageId: text(mail['messageId']),
          subject: text(object(mail['commonHeaders'])['subject']),
        }),
        link: linkOf(link),
        list: kind === 'Subscription' ? listOf(detail['contactList']) : undefined,
        bounce: type === 'email.bounce' ? bounceOf(bounceType, status, diagnosticCode) : undefined,
        client: clientOf(ipAddress, userAgent),
        properties: present({ ...detail, tags: mail['tags'] }),
      },
    }),
  );
}

interface Recipient {
  address?: unknown;
  status?: unknown;
  diagnosticCode?: unknown;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Whom it happened to. Which of several recipients opened a message is not known: that is somebody without a name. */
function recipientsOf(kind: string, detail: Json, mail: Json): Recipient[] {
  const named = ['bouncedRecipients', 'complainedRecipients', 'delayedRecipients'].flatMap((name) =>
    list(detail[name]),
  );
  if (named.length > 0) return named.map(object).map((each) => ({ ...each, address: each['emailAddress'] }));
  const all = 'recipients' in detail ? list(detail['recipients']) : list(mail['destination']);
  const isOfOne = kind === 'Open' || kind === 'Click' || kind === 'Subscription';
  return all.length === 0 || (isOfOne && all.length > 1) ? [{}] : all.map((address) => ({ address }));
}

function typeFor(kind: string, detail: Json): string {
  if (kind === 'Complaint' && detail['complaintFeedbackType'] === 'not-spam') return typeOf('not-spam');
  if (kind !== 'Subscription') return typeOf(kind);
  const { unsubscribeAll, topicSubscriptionStatus } = object(detail['newTopicPreferences']);
  const isOut = list(topicSubscriptionStatus).some((topic) => object(topic)['subscriptionStatus'] === 'OptOut');
  return unsubscribeAll === true || isOut ? 'email.unsubscribe' : 'email.resubscribe';
}
