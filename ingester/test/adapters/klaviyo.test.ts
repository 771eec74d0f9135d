import { describe, expect, test } from '@jest/globals';
import { klaviyo } from '../../src/adapters/klaviyo.ts';
import { readJson } from '../fixtures/read.ts';
import { describeSignature, hmac } from '../fixtures/signature.ts';
import { NOW, request } from '../support/request.ts';

const item = (topic: string, event_properties: object = {}) => ({
  external_id: 'e-1',
  topic: `event:klaviyo.${topic}`,
  payload: {
    data: {
      attributes: { datetime: '2026-02-03T09:15:00+00:00', event_properties },
      relationships: { profile: { data: { type: 'profile', id: 'P1' } } },
    },
    included: [
      { type: 'profile', id: 'P0', attributes: { email: 'other@example.com' } },
      { type: 'profile', id: 'P1', attributes: { email: 'rosa@example.com' } },
    ],
  },
});
const body = (...data: unknown[]) => ({ data, meta: { klaviyo_webhook_id: 'W1' } });
const read = (topic: string, properties?: object) => readJson(klaviyo, body(item(topic, properties))).engagements[0];

describe('Klaviyo', () => {
  test.each([
    ['received_email', 'email.delivered'],
    ['opened_email', 'email.open'],
    ['email_opened', 'email.open'],
    ['clicked_email', 'email.click'],
    ['bounced_email', 'email.bounce'],
    ['dropped_email', 'email.drop'],
    ['marked_email_as_spam', 'email.complaint'],
    ['unsubscribed_from_email_marketing', 'email.unsubscribe'],
    ['subscribed_to_email_marketing', 'email.resubscribe'],
    ['manually_suppressed_from_email_marketing', 'email.suppress'],
    ['subscribed_to_list', 'list.subscribe'],
    ['sent_sms', 'sms.sent'],
    ['received_sms', 'sms.reply'],
    ['clicked_sms', 'sms.click'],
    ['failed_to_deliver_sms', 'sms.fail'],
    ['unsubscribed_from_sms_marketing', 'sms.unsubscribe'],
    ['opened_push', 'custom.opened_push'],
  ])('%s is %s', (topic, type) => {
    expect(read(topic)?.type).toBe(type);
  });

  test('a click with all that it tells, of the person that it is related to', () => {
    const properties = { URL: 'https://x.test/p', Subject: 'Hi', 'Campaign Name': 'Spring', $message: 'M1' };
    expect(read('clicked_email', properties)).toMatchObject({
      id: 'e-1',
      occurredAt: '2026-02-03T09:15:00.000Z',
      person: { email: 'rosa@example.com', externalIds: { klaviyo: 'P1' } },
      campaign: { id: 'M1', name: 'Spring', subject: 'Hi' },
      link: { url: 'https://x.test/p' },
    });
  });

  test.each([true, 'true', 'True'])('Machine Open %j is a machine’s', (flag) => {
    expect(read('opened_email', { 'Machine Open': flag })?.automated?.verdict).toBe('machine');
  });

  test('an opening by a person is not', () => {
    expect(read('opened_email', { 'Machine Open': false })?.automated).toBeUndefined();
  });

  test('a bad item fails alone; without a list nothing can be read', () => {
    expect(readJson(klaviyo, body(5, item('opened_email'), { external_id: 'x' }))).toMatchObject({
      engagements: [{ type: 'email.open' }],
      deadLetters: ['event 0: it is not an object', 'event 2: it has no topic'],
    });
    expect(() => readJson(klaviyo, { data: {} })).toThrow('no list of data');
  });

  const text = JSON.stringify(body(item('opened_email')));
  const signed = (at: number, sent = text) => {
    const timestamp = new Date(at).toUTCString();
    return request(sent, {
      'klaviyo-timestamp': timestamp,
      'klaviyo-webhook-id': 'W1',
      'klaviyo-signature': hmac('sha256', 'key', text + timestamp),
    });
  };
  describeSignature({
    adapter: klaviyo,
    settings: { secret: 'key' },
    others: { secret: 'other' },
    signed,
    unsigned: request(text),
    altered: signed(NOW, text.replace('opened', 'clicked')),
    window: 86_400_000,
  });

  test('another webhook’s delivery is refused', () => {
    const { headers } = signed(NOW);
    const elsewhere = request(text, { ...headers, 'klaviyo-webhook-id': 'W2' });
    expect(klaviyo.verify(elsewhere, { secret: 'key' }, NOW).ok).toBe(false);
  });
});
