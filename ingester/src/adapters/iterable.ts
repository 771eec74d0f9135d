import type { Engagement } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import type { Adapter, Delivery } from './adapter.ts';
import { machine, verdictOfProxy } from './automated.ts';
import { eventsIn, readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { firstText, isTrue, object, parseJson, present, text, without, type Json } from './json.ts';
import { bounceOf, clientOf, externalId, linkOf, listOf, textsOf } from './parts.ts';
import { verifySharedSecret } from './secret.ts';

/** Pushes and in-app messages are `custom.pushsend` and the like. */
const typeOf = typeTable({
  emailSend: 'email.sent',
  emailSendSkip: 'email.drop',
  emailOpen: 'email.open',
  emailClick: 'email.click',
  emailBounce: 'email.bounce',
  emailComplaint: 'email.complaint',
  emailSubscribe: 'email.resubscribe',
  emailUnSubscribe: 'email.unsubscribe',
  emailUnsubscribe: 'email.unsubscribe',
  smsSend: 'sms.sent',
  smsBounce: 'sms.fail',
  smsClick: 'sms.click',
  smsReceived: 'sms.reply',
  smsUnsubscribe: 'sms.unsubscribe',
});

const placed =
  'email userId createdAt campaignId campaignName messageId emailSubject labels url clickedUrl linkUrl hrefIndex linkId ip userAgent proxySource'.split(
    ' ',
  );

/** Iterable: one event a request, without an ID or a signature. */
export const iterable: Adapter = {
  name: 'iterable',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize: (delivery) => readEach(eventsIn(parseJson(delivery.body)), (event) => read(delivery, event)),
};

function read(delivery: Delivery, event: Json): Engagement {
  const data = object(event['dataFields']);
  const kind = required(event, 'eventName');
  const lists = Array.isArray(data['emailListIds']) ? data['emailListIds'] : [];
  const type = kind === 'emailSubscribe' && lists.length > 0 ? 'list.subscribe' : typeOf(kind);
  return engagement(delivery, {
    id: derivedId(event),
    type,
    when: data['createdAt'],
    person: present({
      email: normalEmail(event['email']) ?? normalEmail(data['email']),
      phone: firstText(data, 'toPhoneNumber', 'fromPhoneNumber'),
      externalIds: externalId('iterable', event['userId'] ?? data['userId']),
    }),
    found: {
      campaign: present({
        id: text(data['campaignId']),
        name: text(data['campaignName']),
        messageId: text(data['messageId']),
        subject: text(data['emailSubject']),
        tags: textsOf(data['labels']),
      }),
      link: linkOf(firstText(data, 'url', 'clickedUrl', 'linkUrl'), data['linkId'] ?? data['hrefIndex']),
      list: listOf(lists[0]),
      bounce: type === 'email.bounce' ? bounceOf(data['recipientState'], undefined, data['reason']) : undefined,
      client: clientOf(data['ip'], data['userAgent']),
      automated: automated(data),
      properties: present(without(data, ...placed)),
    },
  });
}

function automated({ isBot, proxySource }: Json) {
  if (isTrue(isBot)) return machine('isBot');
  const proxy = text(proxySource);
  return proxy === undefined ? undefined : verdictOfProxy(proxy);
}
