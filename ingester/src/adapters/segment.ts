import type { Engagement, Person } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId, sourceId } from '../engagement/id.ts';
import { identityOf } from '../engagement/identity.ts';
import { customType } from '../engagement/types.ts';
import {
  Unreadable,
  type Adapter,
  type Delivery,
  type Introduction,
  type RawRequest,
  type Settings,
  type Verdict,
} from './adapter.ts';
import { engagement, sourceOf, type Found } from './build.ts';
import { firstOfArray } from './first-of-array.ts';
import { isObject, object, parseJson, present, text, without, type Json } from './json.ts';
import { bounceOf, clientOf, externalId, linkOf, pageOf } from './parts.ts';
import { verifySharedSecret } from './secret.ts';
import { isHmac } from './signature.ts';

/** Segment's Email Spec; any other tracked event is `custom.*`. */
const emailSpec = new Map(
  Object.entries({
    'email sent': 'email.sent',
    'email delivered': 'email.delivered',
    'email opened': 'email.open',
    'email link clicked': 'email.click',
    'email clicked': 'email.click',
    'email bounced': 'email.bounce',
    'email dropped': 'email.drop',
    'email deferred': 'email.defer',
    'email replied': 'email.reply',
    'email forwarded': 'email.forward',
    'email marked as spam': 'email.complaint',
    unsubscribed: 'email.unsubscribe',
    'email unsubscribed': 'email.unsubscribe',
    resubscribed: 'email.resubscribe',
  }),
);

/**
 * Segment and RudderStack: an event, an array of events, or `{ batch: [...] }`. Tracked events and page views are
 * engagements; identify and alias say who is who; screen and group say nothing that is scored.
 */
export const segment: Adapter = {
  name: 'segment',
  accepted: 200,
  verify,
  normalize(delivery) {
    const messages = messagesOf(parseJson(delivery.body));
    const engagements: Engagement[] = [];
    const introductions: Introduction[] = [];
    const deadLetters: string[] = [];
    for (const [index, message] of messages.entries()) {
      if (!isObject(message)) deadLetters.push(`event ${index} is not an object`);
      else {
        const type = engagementType(message);
        if (type !== undefined) engagements.push(read(delivery, message, type, index));
        else if (isIntroduction(message)) introductions.push(...introduction(delivery, message));
        else if (!isIgnored(message)) deadLetters.push(`event ${index} has no type that Segment knows`);
      }
    }
    return { engagements, introductions, deadLetters };
  },
};

/** `X-Signature` is over the body, of a batch over its first event only. RudderStack brings the secret by HTTP Basic. */
function verify(request: RawRequest, settings: Settings): Verdict {
  const signature = request.headers['x-signature'];
  const { secret } = settings;
  if (secret !== undefined && signature !== undefined) {
    const signs = (bytes: Buffer) => isHmac(signature, ['sha1', 'hex'], secret, bytes);
    if (signs(request.body)) return { ok: true, authenticated: 'signature' };
    if (firstOfArray(request.body).some(signs)) return { ok: true, authenticated: 'signature', covers: 'first' };
    return { ok: false, reason: 'X-Signature does not match the body' };
  }
  if (settings.allowUnsigned === true) return { ok: true, authenticated: 'none' };
  if (secret === undefined) return { ok: false, reason: 'no secret is configured to check X-Signature with' };
  const shared = verifySharedSecret(request, settings);
  return shared.ok ? shared : { ok: false, reason: 'X-Signature is missing' };
}

function messagesOf(json: unknown): unknown[] {
  if (Array.isArray(json)) return json;
  if (!isObject(json)) throw new Unreadable('the body is neither an event nor a list of events');
  return Array.isArray(json['batch']) ? json['batch'] : [json];
}

/** The Email Spec's examples say `action` where all others say `type`. */
const kindOf = (message: Json) => (text(message['type']) ?? text(message['action']))?.toLowerCase();
const isIntroduction = (message: Json) => ['identify', 'alias'].includes(kindOf(message) ?? '');
const isIgnored = (message: Json) => ['screen', 'group'].includes(kindOf(message) ?? '');

function engagementType(message: Json): string | undefined {
  const kind = kindOf(message);
  if (kind === 'page') return 'page.view';
  const event = kind === 'track' ? text(message['event']) : undefined;
  return event && (emailSpec.get(asWords(event)) ?? customType(event));
}

/** `Email Opened`, `email_opened` and `EMAIL  OPENED` are one event. */
const asWords = (event: string) =>
  event
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ')
    .trim();

function read(delivery: Delivery, message: Json, type: string, index: number): Engagement {
  const unproven = delivery.covers === 'first' && index > 0;
  return engagement(delivery, {
    id: sourceId(message['messageId'] ?? message['message_id']) ?? derivedId(lasting(message)),
    type,
    when: message['timestamp'] ?? message['originalTimestamp'],
    person: person(message),
    found: particulars(message, type),
    ...(unproven && { authenticated: 'none' as const }),
  });
}

/** What stays the same when an event is sent again. */
const lasting = (message: Json) => without(message, 'sentAt', 'receivedAt', 'sent_at', 'received_at', '_metadata');

function person(message: Json): Person | undefined {
  const traits = { ...object(object(message['context'])['traits']), ...object(message['traits']) };
  const properties = object(message['properties']);
  const userId = text(message['userId'] ?? message['user_id']);
  const known = normalEmail(traits['email']) ?? normalEmail(userId);
  return present({
    // An event about somebody else (an invitation) has that person's address in its properties.
    email: known ?? (userId === undefined ? normalEmail(properties['email']) : undefined),
    phone: text(traits['phone']),
    externalIds: externalId('segment', userId),
    anonymousId: text(message['anonymousId'] ?? message['anonymous_id']),
  });
}

/** Alias names the earlier ID without saying whether it was a user's or a browser's. */
function introduction(delivery: Delivery, message: Json): Introduction[] {
  const source = sourceOf(delivery);
  const { strong, anonymous } = identityOf(person(message) ?? {}, source);
  const former = text(message['previousId'] ?? message['previous_id']);
  if (former === undefined) return [{ strong, ...present({ anonymous }) }];
  const earlier = identityOf({ externalIds: { segment: former }, anonymousId: former }, source);
  return [{ strong: [...strong, ...earlier.strong], ...present({ anonymous: earlier.anonymous }) }];
}

function particulars(message: Json, type: string): Found {
  const context = object(message['context']);
  const properties = object(message['properties']);
  const campaign = object(context['campaign']);
  const page = { ...object(context['page']), ...(type === 'page.view' ? properties : {}) };
  return {
    campaign: present({
      id: text(properties['campaign_id']),
      name: text(properties['campaign_name']) ?? text(campaign['name']),
      messageId: text(properties['email_id']),
      subject: text(properties['email_subject']),
    }),
    link: linkOf(properties['link_url'], properties['link_id']),
    page: pageOf(page['url'], page['title'], page['referrer']),
    bounce: type === 'email.bounce' ? bounceOf(properties['bounce_type']) : undefined,
    client: clientOf(context['ip'], context['userAgent'] ?? context['user_agent']),
    properties: present({ ...properties, event: text(message['event']), name: text(message['name']) }),
  };
}
