import { describe, expect, test } from '@jest/globals';
import { customerio } from '../../src/adapters/customerio.ts';
import { readJson, readOne } from '../fixtures/read.ts';
import { describeSignature, hmac } from '../fixtures/signature.ts';
import { NOW, request } from '../support/request.ts';

const event = {
  event_id: 'e-1',
  object_type: 'email',
  metric: 'opened',
  timestamp: 1_770_110_100,
  data: { customer_id: '42', identifiers: { id: '42' }, recipient: 'rosa@example.com' },
};

describe('Customer.io', () => {
  test.each([
    ['email', 'sent', 'email.sent'],
    ['email', 'delivered', 'email.delivered'],
    ['email', 'attempted', 'email.defer'],
    ['email', 'deferred', 'email.defer'],
    ['email', 'bounced', 'email.bounce'],
    ['email', 'dropped', 'email.drop'],
    ['email', 'failed', 'email.drop'],
    ['email', 'opened', 'email.open'],
    ['email', 'clicked', 'email.click'],
    ['email', 'spammed', 'email.complaint'],
    ['email', 'unsubscribed', 'email.unsubscribe'],
    ['email', 'converted', 'custom.email_converted'],
    ['customer', 'subscribed', 'email.resubscribe'],
    ['customer', 'unsubscribed', 'email.unsubscribe'],
    ['sms', 'sent', 'sms.sent'],
    ['sms', 'delivered', 'sms.delivered'],
    ['sms', 'clicked', 'sms.click'],
    ['sms', 'failed', 'sms.fail'],
    ['push', 'clicked', 'custom.push_clicked'],
    ['in_app', 'opened', 'custom.in_app_opened'],
  ])('%s %s is %s', (object_type, metric, type) => {
    expect(readOne(customerio, { ...event, object_type, metric }).type).toBe(type);
  });

  test('a click with all that it tells', () => {
    const data = {
      ...event.data,
      campaign_id: 23,
      delivery_id: 'd-1',
      subject: 'Hi',
      href: 'https://x.test',
      link_id: 1,
    };
    expect(readOne(customerio, { ...event, metric: 'clicked', data })).toMatchObject({
      id: 'e-1',
      occurredAt: '2026-02-03T09:15:00.000Z',
      person: { email: 'rosa@example.com', externalIds: { customerio: '42' } },
      campaign: { id: '23', messageId: 'd-1', subject: 'Hi' },
      link: { id: '1', url: 'https://x.test' },
    });
  });

  test.each([
    ['1770110100', 's'],
    ['soon', 'assumed'],
    [-5, 'assumed'],
    [null, 'assumed'],
  ])('the timestamp %j is precise to %s', (timestamp, timePrecision) => {
    expect(readOne(customerio, { ...event, timestamp }).timePrecision).toBe(timePrecision);
  });

  test('a channel is not an address, a number is', () => {
    const to = (object_type: string, recipient: string) =>
      readOne(customerio, { ...event, object_type, data: { recipient } }).person;
    expect(to('slack', '#signups')).toEqual({});
    expect(to('sms', '+15551234567')).toEqual({ phone: '+15551234567' });
  });

  test('what was fetched in advance is a machine’s', () => {
    const verdict = (more: object) =>
      readOne(customerio, { ...event, data: { ...event.data, ...more } }).automated?.verdict;
    expect(verdict({ prefetched: true, proxied: true })).toBe('machine');
    expect(verdict({ proxied: true })).toBe('suspect');
    expect(verdict({ proxied: false })).toBeUndefined();
  });

  test('what does not say what it is is a dead letter', () => {
    expect(readJson(customerio, { metric: 'sent' }).deadLetters).toEqual(['event 0: it has no object_type']);
  });

  const body = JSON.stringify(event);
  const signed = (at: number, sent = body) => {
    const timestamp = String(Math.floor(at / 1000));
    const signature = hmac('sha256', 'key', `v0:${timestamp}:${body}`);
    return request(sent, { 'x-cio-timestamp': timestamp, 'x-cio-signature': signature });
  };
  describeSignature({
    adapter: customerio,
    settings: { secret: 'key' },
    others: { secret: 'other' },
    signed,
    unsigned: request(body),
    altered: signed(NOW, `${body} `),
    window: 300_000,
  });
});
