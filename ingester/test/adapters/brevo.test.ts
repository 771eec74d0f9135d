import { describe, expect, test } from '@jest/globals';
import { brevo } from '../../src/adapters/brevo.ts';
import { readJson, readOne } from '../fixtures/read.ts';

const event = {
  id: 9,
  event: 'opened',
  email: 'rosa@example.com',
  'message-id': '<m-1>',
  date: '2026-02-03 10:15:00',
  ts_event: 1_770_110_100,
};

describe('Brevo', () => {
  test.each([
    ['request', 'email.sent'],
    ['delivered', 'email.delivered'],
    ['deferred', 'email.defer'],
    ['soft_bounce', 'email.bounce'],
    ['hard_bounce', 'email.bounce'],
    ['blocked', 'email.drop'],
    ['invalid_email', 'email.drop'],
    ['error', 'email.drop'],
    ['opened', 'email.open'],
    ['unique_opened', 'email.open'],
    ['proxy_open', 'email.open'],
    ['unique_proxy_open', 'email.open'],
    ['click', 'email.click'],
    ['spam', 'email.complaint'],
    ['complaint', 'email.complaint'],
    ['unsubscribed', 'email.unsubscribe'],
    ['unsubscribe', 'email.unsubscribe'],
    ['list_addition', 'list.subscribe'],
    ['contact_deleted', 'custom.contact_deleted'],
  ])('%s is %s', (name, type) => {
    expect(readOne(brevo, { ...event, event: name }).type).toBe(type);
  });

  test.each([
    ['delivered', 'sms.delivered'],
    ['hard_bounce', 'sms.fail'],
    ['replied', 'sms.reply'],
    ['unsubscribe', 'sms.unsubscribe'],
  ])('the text message %s is %s', (msg_status, type) => {
    const message = { msg_status, to: '+15551234567', messageId: 5, ts_event: event.ts_event };
    expect(readOne(brevo, message)).toMatchObject({ type, person: { phone: '+15551234567' } });
  });

  test('a click with all that it tells; the date is in a zone that nobody knows', () => {
    const click = { ...event, event: 'click', link: 'https://x.test', subject: 'Hi', tags: ['a'], camp_id: 3 };
    expect(readOne(brevo, click)).toMatchObject({
      occurredAt: '2026-02-03T09:15:00.000Z',
      person: { email: 'rosa@example.com' },
      campaign: { id: '3', messageId: '<m-1>', subject: 'Hi', tags: ['a'] },
      link: { url: 'https://x.test' },
    });
  });

  test('a proxy is a machine; the bounce has its class', () => {
    expect(readOne(brevo, { ...event, event: 'unique_proxy_open' }).automated?.verdict).toBe('machine');
    expect(readOne(brevo, event).automated).toBeUndefined();
    expect(readOne(brevo, { ...event, event: 'soft_bounce', reason: 'full' }).bounce).toEqual({
      class: 'soft',
      reason: 'full',
    });
  });

  test('the first opening is told twice and counts once', () => {
    const id = (more: object) => readOne(brevo, { ...event, ...more }).id;
    expect(id({ event: 'unique_opened' })).toBe(id({}));
    expect(id({ event: 'proxy_open' })).not.toBe(id({}));
    expect(id({ ts_event: event.ts_event + 1 })).not.toBe(id({}));
    expect(id({ id: 10 })).toBe(id({}));
  });

  test('what does not say what it is is a dead letter', () => {
    expect(readJson(brevo, {}).deadLetters).toEqual(['event 0: it has neither an event nor a msg_status']);
  });
});
