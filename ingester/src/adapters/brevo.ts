import type { Engagement } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import { Unreadable, type Adapter, type Delivery } from './adapter.ts';
import { machine } from './automated.ts';
import { eventsIn, readEach } from './batch.ts';
import { engagement } from './build.ts';
import { firstText, parseJson, present, text, without, type Json } from './json.ts';
import { bounceOf, clientOf, linkOf, listOf, textsOf } from './parts.ts';
import { verifySharedSecret } from './secret.ts';

const typeOf = typeTable({
  request: 'email.sent',
  sent: 'email.sent',
  delivered: 'email.delivered',
  deferred: 'email.defer',
  soft_bounce: 'email.bounce',
  hard_bounce: 'email.bounce',
  blocked: 'email.drop',
  invalid_email: 'email.drop',
  error: 'email.drop',
  opened: 'email.open',
  unique_opened: 'email.open',
  proxy_open: 'email.open',
  unique_proxy_open: 'email.open',
  click: 'email.click',
  spam: 'email.complaint',
  complaint: 'email.complaint',
  unsubscribe: 'email.unsubscribe',
  unsubscribed: 'email.unsubscribe',
  list_addition: 'list.subscribe',
  contact_updated: 'person.update',
});

/** The `msg_status` of a text message. */
const smsTypeOf = typeTable({
  sent: 'sms.sent',
  delivered: 'sms.delivered',
  soft_bounce: 'sms.fail',
  hard_bounce: 'sms.fail',
  rejected: 'sms.fail',
  replied: 'sms.reply',
  unsubscribe: 'sms.unsubscribe',
});

const placed =
  'id email to message-id messageId msg_status event subject tag tags link URL sending_ip ip user_agent camp_id campaign_name list_id date date_event date_sent ts ts_epoch ts_event'.split(
    ' ',
  );

/** Brevo: one event a request, or a list; no ID, no signature. `id` is that of the webhook. */
export const brevo: Adapter = {
  name: 'brevo',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize: (delivery) => readEach(eventsIn(parseJson(delivery.body)), (event) => read(delivery, event)),
};

function read(delivery: Delivery, event: Json): Engagement {
  const kind = text(event['event']);
  const status = text(event['msg_status']);
  if (kind === undefined && status === undefined) throw new Unreadable('it has neither an event nor a msg_status');
  const type = kind === undefined ? smsTypeOf(status ?? '') : typeOf(kind);
  // `date` is in the account's own zone.
  const when = event['ts_event'] ?? event['ts_epoch'] ?? event['ts'] ?? event['date'];
  const messageId = firstText(event, 'message-id', 'messageId');
  const url = firstText(event, 'link', 'URL');
  const isProxy = kind?.endsWith('proxy_open') === true;
  return engagement(delivery, {
    // By type: `unique_opened` and `opened` tell of one opening.
    id: derivedId([type, isProxy, messageId ?? event['camp_id'], event['email'] ?? event['to'], when, url]),
    type,
    when,
    person: present({
      email: normalEmail(event['email']),
      phone: kind === undefined ? text(event['to']) : undefined,
    }),
    found: {
      campaign: present({
        id: text(event['camp_id']),
        name: firstText(event, 'campaign name', 'campaign_name'),
        messageId,
        subject: text(event['subject']),
        tags: textsOf(event['tags']),
      }),
      link: linkOf(url),
      list: listOf(Array.isArray(event['list_id']) ? event['list_id'][0] : event['list_id']),
      bounce: type === 'email.bounce' ? bounceOf(kind, undefined, event['reason']) : undefined,
      client: clientOf(event['ip'], event['user_agent']),
      automated: isProxy ? machine('opened by a proxy') : undefined,
      properties: present(without(event, ...placed)),
    },
  });
}
