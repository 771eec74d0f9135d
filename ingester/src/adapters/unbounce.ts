import { normalEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { Unreadable, type Adapter } from './adapter.ts';
import { engagement } from './build.ts';
import { parseForm } from './form.ts';
import { present, text, tryJson, type Json } from './json.ts';
import { clientOf, formOf, pageOf } from './parts.ts';
import { verifySharedSecret } from './secret.ts';

/**
 * Unbounce: one submission of a page's form a request, with the answers as JSON in `data.json`, each a list. Answers that
 * are no JSON do not undo that somebody submitted: the engagement stands, with `dataError` among its properties.
 */
export const unbounce: Adapter = {
  name: 'unbounce',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize(delivery) {
    const form = parseForm(delivery.body);
    const page = text(form['page_id']);
    if (page === undefined) throw new Unreadable('the form has no page_id');
    const json = text(form['data.json']);
    const answers = answersIn(json);
    const isBroken = json !== undefined && Object.keys(answers).length === 0;
    const facts = {
      id: derivedId(form),
      type: 'form.submit',
      when: submittedAt(answers),
      person: present({ email: normalEmail(answers['email']), phone: text(answers['phone_number']) }),
      found: {
        form: formOf(page, form['page_name'], answers),
        page: pageOf(form['page_url'], form['page_name']),
        client: clientOf(answers['ip_address']),
        properties: present({
          variant: text(form['variant']),
          dataError: isBroken ? 'data.json is not JSON' : undefined,
        }),
      },
    };
    return { engagements: [engagement(delivery, facts)], introductions: [], deadLetters: [] };
  },
};

/** Answers with one value have that value. */
const answersIn = (json = ''): Json =>
  Object.fromEntries(
    Object.entries(tryJson(Buffer.from(json))).map(([name, value]) => [
      name,
      Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value,
    ]),
  );

/** `2017-11-15` and `11:45 AM UTC` are in two answers. */
function submittedAt({ date_submitted: date, time_submitted: time }: Json): string | undefined {
  const parts = /^(\d{1,2}):(\d\d) ([AP])M UTC$/.exec(text(time) ?? '');
  const day = text(date);
  if (parts === null || day === undefined) return day;
  const [, hour, minute, half] = parts;
  const hours = (Number(hour) % 12) + (half === 'P' ? 12 : 0);
  return `${day}T${String(hours).padStart(2, '0')}:${minute}:00Z`;
}
