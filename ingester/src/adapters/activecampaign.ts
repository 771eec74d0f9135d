import type { Particulars, Person } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import { Unreadable, type Adapter } from './adapter.ts';
import { engagement, type Found } from './build.ts';
import { parseForm } from './form.ts';
import { object, present, text, without, type Json } from './json.ts';
import { bounceOf, clientOf, externalId, formOf, linkOf, listOf, tagOf } from './parts.ts';
import { verifySharedSecret } from './secret.ts';

const typeOf = typeTable({
  sent: 'email.sent',
  open: 'email.open',
  click: 'email.click',
  reply: 'email.reply',
  forward: 'email.forward',
  share: 'email.share',
  bounce: 'email.bounce',
  subscribe: 'list.subscribe',
  unsubscribe: 'email.unsubscribe',
  update: 'person.update',
  contact_tag_added: 'tag.add',
  contact_tag_removed: 'tag.remove',
  sms_sent: 'sms.sent',
  sms_reply: 'sms.reply',
  sms_unsub: 'sms.unsubscribe',
  deal_add: 'deal.add',
  deal_update: 'deal.update',
  deal_stage_add: 'deal.stage',
  deal_task_add: 'deal.task_add',
  deal_task_complete: 'deal.task_complete',
  deal_note_add: 'deal.note',
});

/**
 * ActiveCampaign: one form-encoded event a request, without an ID and without a signature, never sent again. The webhook
 * of an automation has neither type nor time; it counts as `custom.automation` at the time of receipt.
 */
export const activecampaign: Adapter = {
  name: 'activecampaign',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize(delivery) {
    const form = parseForm(delivery.body);
    const own = text(form['type']) ?? ('contact' in form ? 'automation' : undefined);
    if (own === undefined) throw new Unreadable('the form has neither a type nor a contact');
    const facts = {
      id: derivedId(form),
      type: typeOf(own),
      when: form['date_time'],
      person: person(form),
      found: particulars(form),
    };
    return { engagements: [engagement(delivery, facts)], introductions: [], deadLetters: [] };
  },
};

function person(form: Json): Person | undefined {
  const contact = object(form['contact']);
  const deal = object(form['deal']);
  const id = text(contact['id']) ?? text(deal['contactid']);
  return present({
    email: normalEmail(contact['email']) ?? normalEmail(deal['contact_email']),
    phone: text(contact['phone']),
    externalIds: externalId('activecampaign', id === '0' ? undefined : id),
  });
}

/** What has a place of its own in the engagement; the rest goes to its properties. */
const read = ['type', 'date_time', 'contact', 'campaign', 'link', 'list', 'tag', 'form', 'bounce'];

function particulars(form: Json): Found {
  const { contact, campaign, link, list, tag, form: webForm, bounce, type } = form;
  const rest = without(form, ...read);
  const { fields, tags, ip, ip4 } = object(contact);
  const listId = text(list) ?? text(object(Object.values(object(list))[0])['id']);
  return {
    campaign: campaignOf(object(campaign)),
    link: linkOf(object(link)['url'], object(link)['id']),
    form: formOf(object(webForm)['id'], object(webForm)['name']),
    tag: tagOf(tag),
    list: listOf(listId === '0' ? undefined : listId),
    bounce: type === 'bounce' ? bounceIn(bounce) : undefined,
    client: clientOf(text(ip) ?? ip4),
    properties: present({ ...rest, ...present({ fields, contactTags: text(tags) }) }),
  };
}

const campaignOf = (campaign: Json): Particulars['campaign'] =>
  present({
    id: text(campaign['id']),
    name: text(campaign['name']),
    messageId: text(object(campaign['message'])['id']),
    subject: text(object(campaign['message'])['subject']),
  });

function bounceIn(bounce: unknown): Particulars['bounce'] {
  const { code, type, reason, description } = object(bounce);
  return bounceOf(type, code, text(reason) ?? text(description) ?? bounce);
}
