import type { Engagement } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import { Unreadable, type Adapter, type Delivery } from './adapter.ts';
import { eventsIn, readEach } from './batch.ts';
import { engagement } from './build.ts';
import { firstText, object, parseJson, present, type Json } from './json.ts';
import { clientOf, externalId, formOf, listOf, pageOf } from './parts.ts';
import { problemOfSecret, verifyStandardWebhook } from './standard-webhooks-signature.ts';

/** Act-On's event catalog, as far as people are concerned; of opens and clicks it tells nothing. */
const typeOf = typeTable({
  'contact.added': 'person.update',
  'contact.updated': 'person.update',
  'contact-opt.global-opt-in': 'email.resubscribe',
  'contact-opt.global-opt-out': 'email.unsubscribe',
  'contact-bounce.hard': 'email.bounce',
  'contact-bounce.soft': 'email.bounce',
  'contact-email.marked-as-spam': 'email.complaint',
  'subscription-category.opt-in': 'list.subscribe',
  'subscription-category.opt-out': 'list.unsubscribe',
  'form.submitted': 'form.submit',
});

/**
 * Act-On's outgoing webhooks, which it sends through Svix and signs as such. No body has been published that names its
 * event or its person: the usual names are tried, also a layer down in `data`, and what does not say which event it is
 * becomes a dead letter.
 */
export const actOn: Adapter = {
  name: 'act-on',
  accepted: 200,
  verify: verifyStandardWebhook,
  problem: problemOfSecret,
  normalize: (delivery) => readEach(eventsIn(parseJson(delivery.body)), (event) => read(delivery, event)),
};

function read(delivery: Delivery, event: Json): Engagement {
  const kind = firstText(event, 'eventType', 'event_type', 'type', 'event');
  if (kind === undefined) throw new Unreadable('it has no eventType');
  const fields = { ...event, ...object(event['data']), ...object(event['payload']), ...object(event['contact']) };
  const type = typeOf(kind);
  return engagement(delivery, {
    id: derivedId(event),
    type,
    when: timeIn(fields),
    person: present({
      email: emailIn(fields),
      externalIds: externalId('act-on', firstText(fields, 'contactId', 'contact_id', 'recordId')),
    }),
    found: {
      form:
        type === 'form.submit'
          ? formOf(firstText(fields, 'formId', 'id'), firstText(fields, 'formName', 'name'))
          : undefined,
      page: pageOf(firstText(fields, 'pageUrl', 'url')),
      list: listOf(firstText(fields, 'subscriptionCategory', 'categoryId', 'category')),
      bounce: type === 'email.bounce' ? { class: kind.endsWith('hard') ? 'hard' : 'soft' } : undefined,
      client: clientOf(firstText(fields, 'ip', 'ipAddress'), firstText(fields, 'userAgent')),
      properties: present(fields),
    },
  });
}

/** `startedTime`, `submittedTime`: every event has a name of its own for when it was, in milliseconds. */
const timeIn = (fields: Json) => Object.entries(fields).find(([name]) => /(?:time|timestamp)$/i.test(name))?.[1];

/** `email`, `emailAddress`, `E-mail Address`: contacts have the columns that their owner gave them. */
const emailIn = (fields: Json) =>
  Object.entries(fields)
    .filter(([name]) => /e-?mail/i.test(name))
    .map(([, value]) => normalEmail(value))
    .find(Boolean);
