import { createPublicKey, verify as verifySigned, type KeyObject } from 'node:crypto';
import type { Engagement } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId, sourceId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import type { Adapter, Delivery } from './adapter.ts';
import { machine } from './automated.ts';
import { eventsIn, readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { isTrue, parseJson, present, text, without, type Json } from './json.ts';
import { bounceOf, clientOf, linkOf, listOf, textsOf } from './parts.ts';
import { HOUR, verifySignature } from './signature.ts';

const typeOf = typeTable({
  processed: 'email.sent',
  deferred: 'email.defer',
  delivered: 'email.delivered',
  open: 'email.open',
  click: 'email.click',
  bounce: 'email.bounce',
  dropped: 'email.drop',
  spamreport: 'email.complaint',
  unsubscribe: 'email.unsubscribe',
  group_unsubscribe: 'email.unsubscribe',
  group_resubscribe: 'email.resubscribe',
});

const HEADER = 'x-twilio-email-event-webhook';

/**
 * SendGrid: a list of events, signed with ECDSA over the timestamp and the raw body, its last line break included. It
 * sends again for 24 hours and documents no window, so that is the window.
 */
export const sendgrid: Adapter = {
  name: 'sendgrid',
  accepted: 200,
  verify({ headers, body }, settings, now) {
    const timestamp = headers[`${HEADER}-timestamp`] ?? '';
    return verifySignature(settings, now, {
      name: 'X-Twilio-Email-Event-Webhook-Signature',
      signature: headers[`${HEADER}-signature`],
      key: settings.publicKey,
      signedAt: Number(timestamp) * 1000,
      window: 24 * HOUR,
      matches: (signature, key) => {
        const publicKey = keyOf(key);
        const signed = Buffer.concat([Buffer.from(timestamp), body]);
        return publicKey !== undefined && verifySigned('sha256', signed, publicKey, Buffer.from(signature, 'base64'));
      },
    });
  },
  problem: ({ publicKey }) =>
    publicKey === undefined || keyOf(publicKey) !== undefined
      ? undefined
      : 'its publicKey is no key; copy the "Verification Key" of SendGrid as it stands',
  normalize: (delivery) => readEach(eventsIn(parseJson(delivery.body)), (event) => read(delivery, event)),
};

/** Undefined if the text is no key. */
function keyOf(text: string): KeyObject | undefined {
  try {
    return text.includes('BEGIN')
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

/** What has a place of its own; the sender's own arguments lie beside it. */
const placed =
  'email timestamp event category sg_event_id sg_message_id subject url useragent ip asm_group_id singlesend_id singlesend_name marketing_campaign_id marketing_campaign_name'.split(
    ' ',
  );

function read(delivery: Delivery, event: Json): Engagement {
  const kind = required(event, 'event');
  const type = typeOf(kind);
  return engagement(delivery, {
    // Tests and examples send the name of the field for its value.
    id:
      event['sg_event_id'] === 'sg_event_id' ? derivedId(event) : (sourceId(event['sg_event_id']) ?? derivedId(event)),
    type,
    when: event['timestamp'],
    person: present({ email: normalEmail(event['email']) }),
    found: {
      campaign: present({
        id: text(event['singlesend_id']) ?? text(event['marketing_campaign_id']),
        name: text(event['singlesend_name']) ?? text(event['marketing_campaign_name']),
        messageId: text(event['sg_message_id']) ?? text(event['smtp-id']),
        subject: text(event['subject']),
        tags: textsOf(Array.isArray(event['category']) ? event['category'] : [event['category']]),
      }),
      link: type === 'email.click' ? linkOf(event['url']) : undefined,
      list: kind.startsWith('group_') ? listOf(event['asm_group_id']) : undefined,
      bounce: type === 'email.bounce' ? bounce(event) : undefined,
      client: clientOf(event['ip'], event['useragent']),
      automated: isTrue(event['sg_machine_open']) ? machine('sg_machine_open') : undefined,
      properties: present(without(event, ...placed)),
    },
  });
}

/** `blocked` may be over tomorrow, `bounce` is for good; where there is no type, the code tells. */
const bounce = ({ type, status, reason }: Json) => bounceOf(type === 'bounce' ? 'hard' : type, status, reason);
