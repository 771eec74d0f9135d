import type { Engagement } from '../engagement/engagement.ts';
import { mailboxEmail, normalEmail } from '../engagement/email.ts';
import { derivedId, sourceId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import type { Adapter, Delivery } from './adapter.ts';
import { machine, suspect } from './automated.ts';
import { eventsIn, readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { object, parseJson, present, text, without, type Json } from './json.ts';
import { bounceOf, clientOf, externalId, linkOf } from './parts.ts';
import { isHmac, MINUTE, verifySignature } from './signature.ts';

/** By kind of message and metric; pushes, in-app messages and webhooks are `custom.push_clicked` and the like. */
const typeOf = typeTable({
  email_sent: 'email.sent',
  email_delivered: 'email.delivered',
  email_attempted: 'email.defer',
  email_deferred: 'email.defer',
  email_bounced: 'email.bounce',
  email_dropped: 'email.drop',
  email_failed: 'email.drop',
  email_undeliverable: 'email.drop',
  email_suppressed: 'email.suppress',
  email_opened: 'email.open',
  email_clicked: 'email.click',
  email_spammed: 'email.complaint',
  email_unsubscribed: 'email.unsubscribe',
  customer_subscribed: 'email.resubscribe',
  customer_unsubscribed: 'email.unsubscribe',
  sms_sent: 'sms.sent',
  sms_delivered: 'sms.delivered',
  sms_bounced: 'sms.fail',
  sms_failed: 'sms.fail',
  sms_undeliverable: 'sms.fail',
  sms_clicked: 'sms.click',
  sms_replied: 'sms.reply',
  sms_unsubscribed: 'sms.unsubscribe',
});

/** Customer.io: one event a request, signed over a timestamp and the body. It documents no window. */
export const customerio: Adapter = {
  name: 'customerio',
  accepted: 200,
  verify({ headers, body }, settings, now) {
    const timestamp = headers['x-cio-timestamp'] ?? '';
    return verifySignature(settings, now, {
      name: 'X-CIO-Signature',
      signature: headers['x-cio-signature'],
      key: settings.secret,
      signedAt: Number(timestamp) * 1000,
      window: 5 * MINUTE,
      matches: (given, key) => isHmac(given, ['sha256', 'hex'], key, `v0:${timestamp}:`, body),
    });
  },
  normalize: (delivery) => readEach(eventsIn(parseJson(delivery.body)), (event) => read(delivery, event)),
};

const placed =
  'customer_id identifiers recipient email_address campaign_id broadcast_id newsletter_id delivery_id subject href link_id content body headers'.split(
    ' ',
  );

function read(delivery: Delivery, event: Json): Engagement {
  const data = object(event['data']);
  const channel = required(event, 'object_type');
  const type = typeOf(`${channel}_${required(event, 'metric')}`);
  const identifiers = object(data['identifiers']);
  const address = channel === 'email' ? mailboxEmail(data['recipient']) : undefined;
  return engagement(delivery, {
    id: sourceId(event['event_id']) ?? derivedId(event),
    type,
    when: event['timestamp'],
    person: present({
      email: address ?? normalEmail(data['email_address']) ?? normalEmail(identifiers['email']),
      phone: channel === 'sms' ? text(data['recipient']) : undefined,
      externalIds: externalId('customerio', data['customer_id'] ?? identifiers['id'] ?? identifiers['cio_id']),
    }),
    found: {
      campaign: present({
        id: text(data['campaign_id']) ?? text(data['broadcast_id']) ?? text(data['newsletter_id']),
        messageId: text(data['delivery_id']),
        subject: text(data['subject']),
      }),
      link: linkOf(data['href'], data['link_id']),
      bounce: type === 'email.bounce' ? bounceOf('hard', undefined, data['failure_message']) : undefined,
      client: clientOf(data['ip'] ?? data['ip_address'], data['user_agent']),
      automated: automated(data),
      properties: present(without(data, ...placed)),
    },
  });
}

function automated({ machine: isMachine, prefetched, proxied }: Json) {
  if (isMachine === true || prefetched === true) return machine('fetched before anybody looked');
  return proxied === true ? suspect('opened through a proxy') : undefined;
}
