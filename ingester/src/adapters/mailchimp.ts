import type { Person } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import { Unreadable, type Adapter, type Introduction } from './adapter.ts';
import { engagement } from './build.ts';
import { parseForm } from './form.ts';
import { object, present, text, without, type Json } from './json.ts';
import { bounceOf, clientOf, externalId, listOf } from './parts.ts';
import { verifySharedSecret } from './secret.ts';

const typeOf = typeTable({
  subscribe: 'list.subscribe',
  unsubscribe: 'email.unsubscribe',
  profile: 'person.update',
  upemail: 'person.update',
  cleaned: 'email.bounce',
});

/** Mailchimp's audiences: one form-encoded event a request, without an ID, a zone or a signature. No opens, no clicks. */
export const mailchimp: Adapter = {
  name: 'mailchimp',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize(delivery) {
    const form = parseForm(delivery.body);
    const kind = text(form['type']);
    if (kind === undefined) throw new Unreadable('the form has no type');
    const data = object(form['data']);
    // Somebody who complained is taken off the list, or cleaned from it, for that reason.
    const type = data['reason'] === 'abuse' ? 'email.complaint' : typeOf(kind);
    const facts = {
      id: derivedId(form),
      type,
      when: form['fired_at'],
      person: kind === 'campaign' ? undefined : person(data),
      found: {
        campaign: present({
          id: text(kind === 'campaign' ? data['id'] : data['campaign_id']),
          subject: text(data['subject']),
        }),
        list: listOf(data['list_id']),
        bounce: type === 'email.bounce' ? bounceOf(data['reason'], undefined, data['reason']) : undefined,
        client: clientOf(data['ip_opt'] ?? data['ip_signup']),
        properties: present(without(data, 'id', 'email', 'list_id', 'subject', 'new_email', 'new_id')),
      },
    };
    return { engagements: [engagement(delivery, facts)], introductions: introduction(data), deadLetters: [] };
  },
};

const person = (data: Json): Person | undefined =>
  present({
    email: normalEmail(data['new_email']) ?? normalEmail(data['email']) ?? normalEmail(object(data['merges'])['EMAIL']),
    externalIds: externalId('mailchimp', data['new_id'] ?? data['id']),
  });

/** Of a changed address: whoever had the old one has the new one. */
function introduction(data: Json): Introduction[] {
  const addresses = [data['new_email'], data['old_email']].flatMap((address) => normalEmail(address) ?? []);
  return addresses.length === 2 ? [{ strong: addresses.map((address) => `email:${address}`) }] : [];
}
