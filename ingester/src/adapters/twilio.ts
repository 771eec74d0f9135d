import { createHash } from 'node:crypto';
import type { Engagement } from '../engagement/engagement.ts';
import { derivedId } from '../engagement/id.ts';
import { customType, typeTable } from '../engagement/types.ts';
import { Unreadable, type Adapter, type Delivery } from './adapter.ts';
import { eventsIn, readEach } from './batch.ts';
import { engagement } from './build.ts';
import { parseForm } from './form.ts';
import { firstText, parseJson, present, text, without, type Json } from './json.ts';
import { clientOf, linkOf } from './parts.ts';
import { sameSecret } from './secret.ts';
import { signedFields, signedUrl } from './signed-request.ts';
import { isHmac, verifySignature } from './signature.ts';

const typeOf = typeTable({
  sms_sent: 'sms.sent',
  sms_delivered: 'sms.delivered',
  sms_undelivered: 'sms.fail',
  sms_failed: 'sms.fail',
  sms_received: 'sms.reply',
  sms_click: 'sms.click',
});

/** The words after which Twilio itself sends nothing more to a number. */
const stopWords = /^\s*(?:stop|stopall|unsubscribe|cancel|end|quit|optout|revoke)\s*$/i;

const placed = 'MessageSid SmsSid SmsMessageSid sms_sid To From to from link click_time user_agent AccountSid'.split(
  ' ',
);

/**
 * Twilio: a form, signed over the URL and the fields; a JSON body is in the signed URL by its hash. What happens to a
 * message comes without a time, so that it counts as happened on receipt. Calls are `custom.call_*`.
 */
export const twilio: Adapter = {
  name: 'twilio',
  accepted: 200,
  verify(request, settings, now) {
    const url = signedUrl(request, settings);
    const bodyHash = /[?&]bodySHA256=([^&#]*)/.exec(url)?.[1];
    const fields = bodyHash === undefined ? signedFields(request.body) : '';
    return verifySignature(settings, now, {
      name: 'X-Twilio-Signature',
      signature: request.headers['x-twilio-signature'],
      key: settings.secret,
      matches: (given, key) =>
        (bodyHash === undefined || sameSecret(bodyHash.toLowerCase(), sha256Of(request.body))) &&
        withAndWithoutPort(url).some((each) => isHmac(given, ['sha1', 'base64'], key, each, fields)),
    });
  },
  normalize(delivery) {
    const isJson = /[/+]json\b/.test(delivery.headers['content-type'] ?? '');
    return readEach(eventsIn(isJson ? parseJson(delivery.body) : parseForm(delivery.body)), (event) =>
      read(delivery, event),
    );
  },
};

const sha256Of = (body: Buffer) => createHash('sha256').update(body).digest('hex');

/** Twilio signs the port of the protocol or leaves it out, as it pleases. */
function withAndWithoutPort(url: string): string[] {
  const [, origin = '', protocol = '', port, rest = ''] = /^((https?):\/\/[^/:?#]+)(:\d+)?(.*)$/is.exec(url) ?? [];
  if (origin === '') return [url];
  return [
    url,
    port === undefined ? `${origin}:${protocol.toLowerCase() === 'https' ? 443 : 80}${rest}` : origin + rest,
  ];
}

function read(delivery: Delivery, event: Json): Engagement {
  const sid = firstText(event, 'MessageSid', 'SmsMessageSid', 'SmsSid', 'sms_sid', 'CallSid');
  if (sid === undefined) throw new Unreadable('it is about neither a message nor a call');
  const type = typeFor(event);
  const isInbound = type === 'sms.reply' || type === 'sms.unsubscribe';
  const status = statusOf(event);
  return engagement(delivery, {
    // A call asks for what to do next as often as it likes; a message is in each status once.
    id: derivedId('CallSid' in event ? event : [sid, status, event['link'], event['click_time']]),
    type,
    when: event['click_time'],
    person: present({
      phone: firstText(event, ...(isInbound ? ['From', 'from'] : ['To', 'to']))?.replace(/^\w+:/, ''),
    }),
    found: {
      campaign: present({ messageId: sid }),
      link: linkOf(event['link']),
      client: clientOf(undefined, event['user_agent']),
      properties: present(without(event, ...placed)),
    },
  });
}

const statusOf = (event: Json) => firstText(event, 'MessageStatus', 'event_type', 'SmsStatus');

function typeFor(event: Json): string {
  if ('CallSid' in event) return customType(`call_${text(event['CallStatus']) ?? 'event'}`);
  const isInbound = 'Body' in event;
  if (isInbound && (event['OptOutType'] === 'STOP' || stopWords.test(text(event['Body']) ?? '')))
    return 'sms.unsubscribe';
  const status = statusOf(event);
  return typeOf(`sms_${isInbound ? 'received' : (status ?? 'event')}`);
}
