import { createHash } from 'node:crypto';
import type { Engagement } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { identityOf } from '../engagement/identity.ts';
import { typeTable } from '../engagement/types.ts';
import type { Adapter, Delivery, Introduction, RawRequest, Settings } from './adapter.ts';
import { eventsIn, readEach, required } from './batch.ts';
import { engagement, sourceOf } from './build.ts';
import { isTrue, object, parseJson, present, text, without, type Json } from './json.ts';
import { externalId } from './parts.ts';
import { sameSecret } from './secret.ts';
import { isHmac, MINUTE, verifySignature } from './signature.ts';
import { signedUrl } from './signed-request.ts';

const typeOf = typeTable({
  'contact.creation': 'person.update',
  'contact.propertyChange': 'person.update',
  'contact.merge': 'person.merge',
  'deal.creation': 'deal.add',
  'deal.propertyChange': 'deal.update',
});

/** HubSpot's webhooks know no opens and clicks, but the properties of a contact change with them. */
const typesOfProperties = new Map([
  ['hs_email_last_send_date', 'email.sent'],
  ['hs_email_last_open_date', 'email.open'],
  ['hs_email_last_click_date', 'email.click'],
  ['hs_email_last_reply_date', 'email.reply'],
  ['hs_sales_email_last_opened', 'email.open'],
  ['hs_sales_email_last_clicked', 'email.click'],
  ['hs_sales_email_last_replied', 'email.reply'],
  ['hs_email_hard_bounce_reason_enum', 'email.bounce'],
  ['recent_conversion_date', 'form.submit'],
]);

/** Type IDs of the newer `object.*` events that stand for the older names. */
const objects = new Map([
  ['0-1', 'contact'],
  ['0-3', 'deal'],
]);

/** HubSpot: a list of changes, signed in one of three ways. Its event IDs are not unique. */
export const hubspot: Adapter = {
  name: 'hubspot',
  accepted: 200,
  verify: (request, settings, now) =>
    ('x-hubspot-signature-v3' in request.headers ? verifyV3 : verifyOlder)(request, settings, now),
  normalize(delivery) {
    const events = eventsIn(parseJson(delivery.body));
    return { ...readEach(events, (event) => read(delivery, event)), introductions: mergers(delivery, events) };
  },
};

function verifyV3(request: RawRequest, settings: Settings, now: number) {
  const { headers, body } = request;
  const url = signedUrl(request, settings);
  const timestamp = headers['x-hubspot-request-timestamp'] ?? '';
  return verifySignature(settings, now, {
    name: 'X-HubSpot-Signature-v3',
    signature: headers['x-hubspot-signature-v3'],
    key: settings.secret,
    signedAt: Number(timestamp),
    window: 5 * MINUTE,
    matches: (given, key) =>
      [url, decoded(url)].some((each) => isHmac(given, ['sha256', 'base64'], key, 'POST', each, body, timestamp)),
  });
}

/** The characters that HubSpot decodes in a URL before it signs it. */
const decoded = (url: string) =>
  url.replaceAll(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (code) => decodeURIComponent(code));

/** Version 1 is a hash of secret and body, version 2 has the method and the URL between them. */
function verifyOlder(request: RawRequest, settings: Settings, now: number) {
  const { headers, body } = request;
  const target = headers['x-hubspot-signature-version'] === 'v2' ? `POST${signedUrl(request, settings)}` : '';
  return verifySignature(settings, now, {
    name: 'X-HubSpot-Signature',
    signature: headers['x-hubspot-signature'],
    key: settings.secret,
    matches: (given, key) =>
      sameSecret(
        given.toLowerCase(),
        createHash('sha256')
          .update(key + target)
          .update(body)
          .digest('hex'),
      ),
  });
}

const placed = 'subscriptionType occurredAt attemptNumber eventId'.split(' ');

function read(delivery: Delivery, event: Json): Engagement {
  const kind = kindOf(event);
  const { propertyName, propertyValue, occurredAt } = event;
  const type = typeFor(kind, event);
  const isContact = kind.startsWith('contact.');
  return engagement(delivery, {
    // An attempt to deliver it changes `attemptNumber`, and nothing promises that it keeps `eventId`.
    id: derivedId(without(event, 'attemptNumber', 'eventId')),
    type,
    // The date that a property was changed to says when it happened; the change came after it.
    when:
      typesOfProperties.has(text(propertyName) ?? '') && /^\d{12,}$/.test(text(propertyValue) ?? '')
        ? propertyValue
        : occurredAt,
    person: present({
      email: isContact && propertyName === 'email' ? normalEmail(propertyValue) : undefined,
      externalIds: externalId('hubspot', isContact ? (event['primaryObjectId'] ?? event['objectId']) : undefined),
    }),
    found: {
      bounce: type === 'email.bounce' ? { class: 'hard', ...present({ reason: text(propertyValue) }) } : undefined,
      properties: present(without(event, ...placed)),
    },
  });
}

function kindOf(event: Json): string {
  const kind = required(event, 'subscriptionType');
  const object = objects.get(text(event['objectTypeId']) ?? '');
  return object === undefined ? kind : kind.replace(/^object\./, `${object}.`);
}

function typeFor(kind: string, event: Json): string {
  const name = text(event['propertyName']) ?? '';
  if (kind === 'contact.propertyChange') {
    if (name === 'hs_email_optout') return isTrue(event['propertyValue']) ? 'email.unsubscribe' : 'email.resubscribe';
    return typesOfProperties.get(name) ?? typeOf(kind);
  }
  return kind === 'deal.propertyChange' && name === 'dealstage' ? 'deal.stage' : typeOf(kind);
}

/** Contacts that became one. */
const mergers = (delivery: Delivery, events: unknown[]): Introduction[] =>
  events.map(object).flatMap(({ subscriptionType, primaryObjectId, mergedObjectIds }) => {
    if (subscriptionType !== 'contact.merge') return [];
    const ids = [primaryObjectId, ...((Array.isArray(mergedObjectIds) ? mergedObjectIds : []) as unknown[])];
    const people = ids.map((id) => present({ externalIds: externalId('hubspot', id) }) ?? {});
    return [{ strong: people.flatMap((person) => identityOf(person, sourceOf(delivery)).strong) }];
  });
