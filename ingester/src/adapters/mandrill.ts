import type { Engagement } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import { Unreadable, type Adapter, type Delivery } from './adapter.ts';
import { readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { object, parseJson, present, text, without, type Json } from './json.ts';
import { bounceOf, clientOf, linkOf, textsOf } from './parts.ts';
import { signedFields, signedUrl } from './signed-request.ts';
import { isHmac, verifySignature } from './signature.ts';

const typeOf = typeTable({
  send: 'email.sent',
  sending: 'email.sent',
  delivered: 'email.delivered',
  deferral: 'email.defer',
  deferred: 'email.defer',
  hard_bounce: 'email.bounce',
  soft_bounce: 'email.bounce',
  open: 'email.open',
  click: 'email.click',
  spam: 'email.complaint',
  unsub: 'email.unsubscribe',
  reject: 'email.drop',
  inbound: 'email.reply',
});

/** Where an event does not say what it is, the state of its message does. */
const events = new Map([
  ['sent', 'send'],
  ['deferred', 'deferral'],
  ['bounced', 'hard_bounce'],
  ['soft-bounced', 'soft_bounce'],
  ['spam', 'spam'],
  ['unsub', 'unsub'],
  ['rejected', 'reject'],
]);

/** Before a webhook has its key, Mandrill tries it with an empty list, signed with this. */
const TEST_KEY = 'test-webhook';

/** Mandrill: a form with a list of events in one field, signed over the URL and the fields. */
export const mandrill: Adapter = {
  name: 'mandrill',
  accepted: 200,
  verify(request, settings, now) {
    const isTest = new URLSearchParams(request.body.toString('utf8')).get('mandrill_events') === '[]';
    const signed = signedUrl(request, settings) + signedFields(request.body);
    return verifySignature(settings, now, {
      name: 'X-Mandrill-Signature',
      signature: request.headers['x-mandrill-signature'],
      key: settings.secret ?? (isTest ? TEST_KEY : undefined),
      matches: (given, key) =>
        [key, ...(isTest ? [TEST_KEY] : [])].some((each) => isHmac(given, ['sha1', 'base64'], each, signed)),
    });
  },
  normalize(delivery) {
    const field = new URLSearchParams(delivery.body.toString('utf8')).get('mandrill_events');
    if (field === null) throw new Unreadable('the form has no mandrill_events');
    const list = parseJson(Buffer.from(field));
    if (!Array.isArray(list)) throw new Unreadable('mandrill_events is not a list');
    return readEach(list, (event) => ('reject' in event ? readSync(delivery, event) : read(delivery, event)));
  },
};

const placed = 'event _id msg ts ip user_agent url'.split(' ');

function read(delivery: Delivery, event: Json): Engagement {
  const message = object(event['msg']);
  const kind = text(event['event']) ?? events.get(text(message['state']) ?? '') ?? required(event, 'event');
  const type = typeOf(kind);
  const { _id, ts, url, ip, user_agent } = event;
  return engagement(delivery, {
    // `_id` is that of the message, which all its events repeat.
    id: derivedId([_id, kind, ts, url, message['email']]),
    type,
    when: ts,
    person: present({ email: normalEmail(kind === 'inbound' ? message['from_email'] : message['email']) }),
    found: {
      campaign: present({
        messageId: text(_id) ?? text(message['_id']),
        subject: text(message['subject']),
        tags: textsOf(message['tags']),
      }),
      link: type === 'email.click' ? linkOf(url) : undefined,
      bounce: type === 'email.bounce' ? bounceOf(kind, undefined, message['diag']) : undefined,
      client: clientOf(ip, user_agent),
      properties: present({
        ...without(event, ...placed),
        metadata: message['metadata'],
        template: message['template'],
      }),
    },
  });
}

/** A change of the list of addresses that Mandrill rejects (`type`: blacklist) or never rejects (whitelist). */
function readSync(delivery: Delivery, event: Json): Engagement {
  const { type, action, reject, ts } = event;
  const isSuppressed = type === 'blacklist' && action !== 'remove';
  return engagement(delivery, {
    id: derivedId(event),
    type: isSuppressed ? 'email.suppress' : typeOf(`${required(event, 'type')}_${required(event, 'action')}`),
    when: ts ?? object(reject)['last_event_at'],
    person: present({ email: normalEmail(object(reject)['email']) }),
    found: { properties: present({ type, action, reason: object(reject)['reason'] }) },
  });
}
