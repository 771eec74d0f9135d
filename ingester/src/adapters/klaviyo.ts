import type { Engagement } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId, sourceId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import { Unreadable, type Adapter, type Delivery } from './adapter.ts';
import { machine } from './automated.ts';
import { readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { isObject, isTrue, object, parseJson, present, text, tryJson, type Json } from './json.ts';
import { bounceOf, clientOf, externalId, formOf, linkOf, listOf } from './parts.ts';
import { HOUR, isHmac, verifySignature } from './signature.ts';

/** The topics without `event:klaviyo.`; the documentation has some in either order. */
const typeOf = typeTable({
  sent_email: 'email.sent',
  received_email: 'email.delivered',
  email_delivered: 'email.delivered',
  opened_email: 'email.open',
  email_opened: 'email.open',
  clicked_email: 'email.click',
  email_clicked: 'email.click',
  bounced_email: 'email.bounce',
  email_bounced: 'email.bounce',
  dropped_email: 'email.drop',
  marked_email_as_spam: 'email.complaint',
  unsubscribed_from_email_marketing: 'email.unsubscribe',
  subscribed_to_email_marketing: 'email.resubscribe',
  manually_suppressed_from_email_marketing: 'email.suppress',
  manually_unsuppressed_from_email_marketing: 'email.resubscribe',
  subscribed_to_list: 'list.subscribe',
  unsubscribed_from_list: 'list.unsubscribe',
  sent_sms: 'sms.sent',
  sms_delivered: 'sms.delivered',
  received_sms: 'sms.reply',
  clicked_sms: 'sms.click',
  failed_to_deliver_sms: 'sms.fail',
  unsubscribed_from_sms_marketing: 'sms.unsubscribe',
  submitted_form: 'form.submit',
  form_submitted_by_profile: 'form.submit',
});

/**
 * Klaviyo's system webhooks: a list of events, each as its API tells it, signed over the body and the timestamp as it is
 * written. It documents no window and goes on sending for two days; who was away for longer than one has lost events.
 */
export const klaviyo: Adapter = {
  name: 'klaviyo',
  accepted: 200,
  verify({ headers, body }, settings, now) {
    const timestamp = headers['klaviyo-timestamp'] ?? '';
    const seconds = Number(timestamp);
    return verifySignature(settings, now, {
      name: 'Klaviyo-Signature',
      signature: headers['klaviyo-signature'],
      key: settings.secret,
      signedAt: Number.isNaN(seconds) ? Date.parse(timestamp) : seconds * 1000,
      window: 24 * HOUR,
      matches: (given, key) =>
        isHmac(given, ['sha256', 'hex'], key, body, timestamp) &&
        object(tryJson(body)['meta'])['klaviyo_webhook_id'] === headers['klaviyo-webhook-id'],
    });
  },
  normalize(delivery) {
    const json = parseJson(delivery.body);
    if (!isObject(json) || !Array.isArray(json['data'])) throw new Unreadable('the body has no list of data');
    return readEach(json['data'], (item) => read(delivery, item));
  },
};

function read(delivery: Delivery, item: Json): Engagement {
  const { data, included } = object(item['payload']);
  const { attributes, relationships } = object(data);
  const { datetime, timestamp, event_properties } = object(attributes);
  const properties = object(event_properties);
  const type = typeOf(required(item, 'topic').replace(/^event:klaviyo\./, ''));
  const profileId = object(object(object(relationships)['profile'])['data'])['id'];
  const profile = profileIn(included, profileId);
  return engagement(delivery, {
    id: sourceId(item['external_id']) ?? sourceId(object(data)['id']) ?? derivedId(item),
    type,
    when: datetime ?? timestamp,
    person: present({
      email: normalEmail(profile['email']) ?? normalEmail(properties['Recipient Email Address']),
      phone: text(profile['phone_number']),
      externalIds: externalId('klaviyo', profileId),
    }),
    found: {
      campaign: present({
        id: text(properties['$message']) ?? text(properties['Campaign ID']),
        name: text(properties['Campaign Name']),
        messageId: text(properties['$message_interaction']) ?? text(properties['Message ID']),
        subject: text(properties['Subject']),
      }),
      link: linkOf(properties['URL']),
      form: formOf(properties['form_id'] ?? properties['$form_id'], properties['form_name']),
      list: listOf(properties['List ID'] ?? properties['list_id']),
      bounce:
        type === 'email.bounce' ? bounceOf(properties['Bounce Type'], undefined, properties['Reason']) : undefined,
      client: clientOf(properties['ip'], properties['User Agent']),
      automated: isTrue(properties['Machine Open']) ? machine('Machine Open') : undefined,
      properties: present(properties),
    },
  });
}

/** The attributes of the profile among what comes along. */
function profileIn(included: unknown, id: unknown): Json {
  const profiles = (Array.isArray(included) ? included : []).map(object).filter(({ type }) => type === 'profile');
  return object(profiles.find((profile) => id === undefined || profile['id'] === id)?.['attributes']);
}
