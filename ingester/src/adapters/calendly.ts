import type { Engagement } from '../engagement/engagement.ts';
import { normalEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { typeTable } from '../engagement/types.ts';
import type { Adapter, Delivery } from './adapter.ts';
import { eventsIn, readEach, required } from './batch.ts';
import { engagement } from './build.ts';
import { object, parseJson, present, text, type Json } from './json.ts';
import { externalId, formOf, meetingOf } from './parts.ts';
import { isHmac, MINUTE, verifySignature } from './signature.ts';

const typeOf = typeTable({
  'invitee.created': 'meeting.book',
  'invitee.canceled': 'meeting.cancel',
  'invitee_no_show.created': 'meeting.no_show',
  'routing_form_submission.created': 'form.submit',
});

const RESCHEDULE = 'custom.meeting_reschedule';

/** Calendly: one event a request, signed over a timestamp and the body (`t=...,v1=...`). */
export const calendly: Adapter = {
  name: 'calendly',
  accepted: 200,
  verify({ headers, body }, settings, now) {
    const header = headers['calendly-webhook-signature'] ?? '';
    const [, timestamp = ''] = /(?:^|,)\s*t=([^,]*)/.exec(header) ?? [];
    return verifySignature(settings, now, {
      name: 'Calendly-Webhook-Signature',
      signature: /(?:^|,)\s*v1=([^,]*)/.exec(header)?.[1],
      key: settings.secret,
      signedAt: Number(timestamp) * 1000,
      window: 3 * MINUTE,
      matches: (given, key) => isHmac(given, ['sha256', 'hex'], key, `${timestamp}.`, body),
    });
  },
  normalize: (delivery) => readEach(eventsIn(parseJson(delivery.body)), (event) => read(delivery, event)),
};

function read(delivery: Delivery, event: Json): Engagement {
  const kind = required(event, 'event');
  const payload = object(event['payload']);
  const { uri, invitee, scheduled_event, questions_and_answers, routing_form, tracking, cancellation, name } = payload;
  const answers = answersOf(questions_and_answers);
  const moved = rescheduledTo(kind, payload);
  return engagement(delivery, {
    id: derivedId(moved === undefined ? [kind, uri, event['created_at']] : [RESCHEDULE, moved]),
    type: moved === undefined ? typeOf(kind) : RESCHEDULE,
    when: event['created_at'],
    person: present({
      email: normalEmail(payload['email']) ?? Object.values(answers).map(normalEmail).find(Boolean),
      phone: text(payload['text_reminder_number']),
      // A no-show names nobody but the invitation.
      externalIds: externalId('calendly', kind.startsWith('routing_form') ? payload['submitter'] : (invitee ?? uri)),
    }),
    found: {
      meeting: meetingOf(payload['event'] ?? object(scheduled_event)['uri'], object(scheduled_event)['start_time']),
      form: formOf(routing_form, undefined, answers),
      properties: present({ name, answers, tracking, cancellation, eventName: object(scheduled_event)['name'] }),
    },
  });
}

/**
 * A new time for a meeting comes as a cancellation and an invitation, each of which names the other. Both are the same
 * happening, with the new invitation for its ID: the meeting was booked before and is booked still.
 */
function rescheduledTo(kind: string, { rescheduled, new_invitee, old_invitee, uri }: Json): string | undefined {
  if (kind === 'invitee.canceled' && rescheduled === true) return text(new_invitee);
  return kind === 'invitee.created' && text(old_invitee) !== undefined ? text(uri) : undefined;
}

const answersOf = (pairs: unknown): Record<string, unknown> =>
  Object.fromEntries(
    (Array.isArray(pairs) ? pairs : []).map(object).map(({ question, answer }) => [text(question) ?? '', answer]),
  );
