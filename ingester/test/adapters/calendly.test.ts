import { describe, expect, test } from '@jest/globals';
import { calendly } from '../../src/adapters/calendly.ts';
import { readOne } from '../fixtures/read.ts';
import { describeSignature, hmac } from '../fixtures/signature.ts';
import { NOW, request } from '../support/request.ts';

const uri = 'https://api.calendly.test/scheduled_events/1/invitees/1';
const meeting = {
  uri: 'https://api.calendly.test/scheduled_events/1',
  start_time: '2026-02-10T09:00:00Z',
  name: 'Demo',
};
const event = (name: string, payload: object = {}) => ({
  event: name,
  created_at: '2026-02-03T09:15:00.123456Z',
  payload: { uri, email: 'rosa@example.com', scheduled_event: meeting, rescheduled: false, ...payload },
});

describe('Calendly', () => {
  test.each([
    ['invitee.created', 'meeting.book'],
    ['invitee.canceled', 'meeting.cancel'],
    ['invitee_no_show.created', 'meeting.no_show'],
    ['invitee_no_show.deleted', 'custom.invitee_no_show_deleted'],
    ['routing_form_submission.created', 'form.submit'],
  ])('%s is %s', (name, type) => {
    expect(readOne(calendly, event(name)).type).toBe(type);
  });

  test('a booking with all that it tells', () => {
    const questions_and_answers = [{ question: 'Company', answer: 'X' }];
    expect(readOne(calendly, event('invitee.created', { questions_and_answers }))).toMatchObject({
      occurredAt: '2026-02-03T09:15:00.123Z',
      person: { email: 'rosa@example.com', externalIds: { calendly: uri } },
      meeting: { id: meeting.uri, startsAt: meeting.start_time },
      properties: { answers: { Company: 'X' }, eventName: 'Demo' },
    });
  });

  test('a no-show names the invitation, a routing form has the address among its answers', () => {
    const noShow = { uri: 'https://api.calendly.test/no_shows/1', invitee: uri, email: undefined };
    expect(readOne(calendly, event('invitee_no_show.created', noShow)).person).toEqual({
      externalIds: { calendly: uri },
    });
    const form = {
      email: undefined,
      routing_form: 'form-1',
      submitter: uri,
      questions_and_answers: [{ question: 'Mail', answer: 'Rosa@Example.com' }],
    };
    expect(readOne(calendly, event('routing_form_submission.created', form))).toMatchObject({
      person: { email: 'rosa@example.com', externalIds: { calendly: uri } },
      form: { id: 'form-1', answers: { Mail: 'Rosa@Example.com' } },
    });
  });

  test('both halves of a reschedule are one happening, and neither a booking nor a cancellation', () => {
    const moved = `${uri}-moved`;
    const canceled = readOne(calendly, event('invitee.canceled', { rescheduled: true, new_invitee: moved }));
    const created = readOne(calendly, event('invitee.created', { uri: moved, old_invitee: uri }));
    expect(canceled.type).toBe('custom.meeting_reschedule');
    expect(created).toMatchObject({ id: canceled.id, type: canceled.type });
  });

  const body = JSON.stringify(event('invitee.created'));
  const signed = (at: number, sent = body) => {
    const timestamp = String(Math.floor(at / 1000));
    const signature = hmac('sha256', 'key', `${timestamp}.${body}`);
    return request(sent, { 'calendly-webhook-signature': `t=${timestamp},v1=${signature}` });
  };
  describeSignature({
    adapter: calendly,
    settings: { secret: 'key' },
    others: { secret: 'other' },
    signed,
    unsigned: request(body),
    altered: signed(NOW, `${body} `),
    window: 180_000,
  });
});
