import type { Engagement } from '../engagement/engagement.ts';
import { mailboxEmail } from '../engagement/email.ts';
import { derivedId, sourceId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import type { Adapter, Delivery } from './adapter.ts';
import { verdictOfProxy } from './automated.ts';
import { readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { object, parseJson, present, text, tryJson, without, type Json } from './json.ts';
import { bounceOf, clientOf, linkOf, textsOf } from './parts.ts';
import { HOUR, isHmac, verifySignature } from './signature.ts';

const typeOf = typeTable({
  accepted: 'email.sent',
  delivered: 'email.delivered',
  failed: 'email.bounce',
  rejected: 'email.drop',
  opened: 'email.open',
  clicked: 'email.click',
  complained: 'email.complaint',
  unsubscribed: 'email.unsubscribe',
});

/**
 * Mailgun: one event a request, with a signature inside the body that covers a timestamp and a token but not the event.
 * It sends again for eight hours, perhaps under the first signature; a replay has the event's ID and counts once.
 */
export const mailgun: Adapter = {
  name: 'mailgun',
  accepted: 200,
  verify({ body }, settings, now) {
    const { timestamp, token, signature } = object(tryJson(body)['signature']);
    const signedAt = text(timestamp) ?? '';
    return verifySignature(settings, now, {
      name: 'signature',
      signature: text(signature),
      key: settings.secret,
      signedAt: Number(signedAt) * 1000,
      window: 12 * HOUR,
      matches: (given, key) => isHmac(given, ['sha256', 'hex'], key, signedAt, text(token) ?? ''),
    });
  },
  normalize: (delivery) => readEach([object(parseJson(delivery.body))['event-data']], (event) => read(delivery, event)),
};

const placed =
  'id timestamp event recipient ip client-info message tags campaigns url delivery-status user-variables storage'.split(
    ' ',
  );

function read(delivery: Delivery, event: Json): Engagement {
  const type = typeFor(event);
  const headers = object(object(event['message'])['headers']);
  const client = object(event['client-info']);
  const bot = text(client['bot']);
  return engagement(delivery, {
    id: sourceId(event['id']) ?? derivedId(event),
    type,
    when: event['timestamp'],
    person: present({ email: mailboxEmail(event['recipient']) }),
    found: {
      campaign: present({
        id: text(object(Array.isArray(event['campaigns']) ? event['campaigns'][0] : undefined)['id']),
        messageId: text(headers['message-id']),
        subject: text(headers['subject']),
        tags: textsOf(event['tags']),
      }),
      link: linkOf(event['url']),
      bounce: type === 'email.bounce' ? bounce(event) : undefined,
      client: clientOf(event['ip'], client['user-agent']),
      automated: bot === undefined ? undefined : verdictOfProxy(bot),
      properties: present({ ...without(event, ...placed), ...object(event['user-variables']) }),
    },
  });
}

/** Mailgun calls everything a failure that did not arrive: for now, for good, or never tried (`suppress-bounce`). */
function typeFor(event: Json): string {
  const kind = required(event, 'event');
  if (kind !== 'failed') return typeOf(kind);
  if (event['severity'] === 'temporary') return 'email.defer';
  return text(event['reason'])?.startsWith('suppress-') ? 'email.drop' : typeOf(kind);
}

function bounce(event: Json) {
  const { code, message, description } = object(event['delivery-status']);
  return bounceOf(event['severity'], code, text(message) ?? text(description) ?? event['reason']);
}
