import type { Engagement, Person } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId, sourceId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import type { Adapter, Delivery } from './adapter.ts';
import { eventsIn, readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { object, parseJson, present, text, type Json } from './json.ts';
import { externalId, formOf } from './parts.ts';
import { isHmac, verifySignature } from './signature.ts';

const typeOf = typeTable({ form_response: 'form.submit' });

/** Typeform: one response a request, signed without a timestamp. A replay has the response's ID and counts once. */
export const typeform: Adapter = {
  name: 'typeform',
  accepted: 200,
  verify: ({ headers, body }, settings, now) =>
    verifySignature(settings, now, {
      name: 'Typeform-Signature',
      signature: headers['typeform-signature'],
      key: settings.secret,
      matches: (given, key) => isHmac(given.replace(/^sha256=/, ''), ['sha256', 'base64'], key, body),
    }),
  normalize: (delivery) => readEach(eventsIn(parseJson(delivery.body)), (event) => read(delivery, event)),
};

function read(delivery: Delivery, event: Json): Engagement {
  const response = object(event['form_response']);
  const { form_id, submitted_at, token, definition, hidden, variables, calculated } = response;
  const answers = Array.isArray(response['answers']) ? response['answers'].map(object) : [];
  return engagement(delivery, {
    id: sourceId(event['event_id']) ?? sourceId(token) ?? derivedId(event),
    type: typeOf(required(event, 'event_type')),
    when: submitted_at,
    person: person(answers, object(hidden)),
    found: {
      form: formOf(form_id, object(definition)['title'], Object.fromEntries(answers.map(answer))),
      properties: present({ hidden, variables, calculated }),
    },
  });
}

/** By the name that the form's author gave the question, or its ID. */
function answer({ type, field, ...values }: Json): [string, unknown] {
  const { ref, id } = object(field);
  const value = values[text(type) ?? ''];
  const { label, labels } = object(value);
  return [text(ref) ?? text(id) ?? '', label ?? labels ?? value];
}

/** Whoever answers may say who they are; the link to the form may have said it before, in hidden fields. */
function person(answers: Json[], hidden: Json): Person | undefined {
  const answered = (type: string) => answers.find((answer) => answer['type'] === type)?.[type];
  return present({
    email: normalEmail(answered('email')) ?? normalEmail(hidden['email']),
    phone: text(answered('phone_number')) ?? text(hidden['phone']),
    externalIds: externalId('typeform', hidden['user_id'] ?? hidden['userid'] ?? hidden['contact_id']),
  });
}
