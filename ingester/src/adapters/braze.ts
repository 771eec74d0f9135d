import type { Engagement } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import type { Adapter, Delivery } from './adapter.ts';
import { machine } from './automated.ts';
import { eventsIn, readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { firstText, isObject, isTrue, object, parseJson, present, text, type Json } from './json.ts';
import { bounceOf, clientOf, externalId, linkOf } from './parts.ts';
import { verifySharedSecret } from './secret.ts';

/** Braze Currents; any other event is `custom.*`. */
const typeOf = typeTable({
  'users.messages.email.Send': 'email.sent',
  'users.messages.email.Delivery': 'email.delivered',
  'users.messages.email.Deferral': 'email.defer',
  'users.messages.email.Bounce': 'email.bounce',
  'users.messages.email.SoftBounce': 'email.bounce',
  'users.messages.email.Abort': 'email.drop',
  'users.messages.email.Open': 'email.open',
  'users.messages.email.Click': 'email.click',
  'users.messages.email.MarkAsSpam': 'email.complaint',
  'users.messages.email.Unsubscribe': 'email.unsubscribe',
  'users.messages.sms.Send': 'sms.sent',
  'users.messages.sms.Delivery': 'sms.delivered',
  'users.messages.sms.DeliveryFailure': 'sms.fail',
  'users.messages.sms.Rejection': 'sms.fail',
  'users.messages.sms.InboundReceive': 'sms.reply',
  'users.messages.sms.ShortLinkClick': 'sms.click',
});

/** Braze Currents: lists of events, alone or in lists of their own. */
export const braze: Adapter = {
  name: 'braze',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize: (delivery) =>
    readEach(eventsIn(parseJson(delivery.body)).flatMap(inner), (event) => read(delivery, event)),
};

const inner = (item: unknown): unknown[] => (isObject(item) && Array.isArray(item['events']) ? item['events'] : [item]);

function read(delivery: Delivery, event: Json): Engagement {
  const kind = required(event, 'event_type');
  const type = typeOf(kind);
  const user = object(event['user']);
  const properties = object(event['properties']);
  const isSoft = kind.endsWith('SoftBounce');
  return engagement(delivery, {
    // Its examples have one ID for all events of a list.
    id: derivedId([kind, event['time'], event['id'] ?? event]),
    type,
    when: event['time'],
    person: present({
      email: normalEmail(properties['email_address']),
      phone: firstText(properties, ...(type === 'sms.reply' ? ['user_phone_number'] : ['to_phone_number'])),
      externalIds: externalId('braze', user['external_user_id'] ?? user['user_id']),
      anonymousId: text(user['device_id']),
    }),
    found: {
      campaign: present({
        id: firstText(properties, 'campaign_id', 'canvas_id'),
        name: firstText(properties, 'campaign_name', 'canvas_name'),
        messageId: firstText(properties, 'dispatch_id', 'send_id'),
      }),
      link: linkOf(firstText(properties, 'url', 'link_url'), properties['link_id']),
      bounce:
        type === 'email.bounce'
          ? bounceOf(isSoft ? 'soft' : 'hard', undefined, properties['bounce_reason'])
          : undefined,
      client: clientOf(properties['ip'], properties['user_agent']),
      automated: isTrue(properties['machine_open']) ? machine('machine_open') : undefined,
      properties: present(properties),
    },
  });
}
