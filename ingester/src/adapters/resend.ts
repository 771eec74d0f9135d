import type { Engagement } from '../engagement/engagement.ts';
import { mailboxEmail } from '../engagement/email.ts';
import { derivedId, sourceId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import type { Adapter, Delivery } from './adapter.ts';
import { eventsIn, readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { isObject, object, parseJson, present, text, without, type Json } from './json.ts';
import { bounceOf, clientOf, externalId, linkOf } from './parts.ts';
import { problemOfSecret, verifyStandardWebhook } from './standard-webhooks-signature.ts';

const typeOf = typeTable({
  'email.sent': 'email.sent',
  'email.delivered': 'email.delivered',
  'email.delivery_delayed': 'email.defer',
  'email.bounced': 'email.bounce',
  'email.failed': 'email.drop',
  'email.suppressed': 'email.suppress',
  'email.opened': 'email.open',
  'email.clicked': 'email.click',
  'email.complained': 'email.complaint',
  'email.received': 'email.reply',
  'contact.created': 'person.update',
  'contact.updated': 'person.update',
});

const placed = 'created_at email_id to from subject click open bounce tags headers email id broadcast_id'.split(' ');

/** Resend: one event a request, signed as Standard Webhooks under Svix's header names. */
export const resend: Adapter = {
  name: 'resend',
  accepted: 200,
  verify: verifyStandardWebhook,
  problem: problemOfSecret,
  normalize: (delivery) => readEach(eventsIn(parseJson(delivery.body)), (event) => read(delivery, event)),
};

function read(delivery: Delivery, event: Json): Engagement {
  const data = object(event['data']);
  const kind = required(event, 'type');
  const type = typeOf(kind);
  const { ipAddress, userAgent, link, timestamp } = object(data['click'] ?? data['open']);
  const { type: word, message } = object(data['bounce']);
  return engagement(delivery, {
    id: sourceId(delivery.headers['svix-id']) ?? derivedId(event),
    type,
    when: timestamp ?? event['created_at'],
    person: present({
      email: mailboxEmail(kind === 'email.received' ? data['from'] : (recipient(data['to'], type) ?? data['email'])),
      externalIds: kind.startsWith('contact.') ? externalId('resend', data['id']) : undefined,
    }),
    found: {
      campaign: present({
        id: text(data['broadcast_id']),
        messageId: text(data['email_id']),
        subject: text(data['subject']),
        tags: tagsOf(data['tags']),
      }),
      link: linkOf(link),
      bounce: type === 'email.bounce' ? bounceOf(word ?? message, undefined, message) : undefined,
      client: clientOf(ipAddress, userAgent),
      properties: present(without(data, ...placed)),
    },
  });
}

/** The first of several stands for all that a message went through; but which of them opened it nobody knows. */
function recipient(to: unknown, type: string): unknown {
  const recipients: unknown[] = Array.isArray(to) ? to : [to];
  return recipients.length > 1 && /\.(?:open|click)$/.test(type) ? undefined : recipients[0];
}

/** Tags come as an object, or as a list of names and values. */
function tagsOf(tags: unknown): string[] | undefined {
  const pairs = Array.isArray(tags)
    ? tags.map(object).map(({ name, value }): [string, unknown] => [text(name) ?? '', value])
    : Object.entries(isObject(tags) ? tags : {});
  return pairs.length === 0 ? undefined : pairs.map(([name, value]) => `${name}:${text(value) ?? ''}`);
}
