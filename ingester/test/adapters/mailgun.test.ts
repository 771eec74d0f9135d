import { describe, expect, test } from '@jest/globals';
import { mailgun } from '../../src/adapters/mailgun.ts';
import { readJson, readOne } from '../fixtures/read.ts';
import { describeSignature, hmac } from '../fixtures/signature.ts';
import { NOW, request } from '../support/request.ts';

const event = { id: 'e-1', event: 'opened', timestamp: 1_770_110_100.25, recipient: 'rosa@example.com' };
const read = (more: object) => readOne(mailgun, { 'event-data': { ...event, ...more } });

describe('Mailgun', () => {
  test.each([
    [{ event: 'accepted' }, 'email.sent'],
    [{ event: 'delivered' }, 'email.delivered'],
    [{ event: 'opened' }, 'email.open'],
    [{ event: 'clicked' }, 'email.click'],
    [{ event: 'complained' }, 'email.complaint'],
    [{ event: 'unsubscribed' }, 'email.unsubscribe'],
    [{ event: 'rejected' }, 'email.drop'],
    [{ event: 'failed', severity: 'permanent', reason: 'bounce' }, 'email.bounce'],
    [{ event: 'failed', severity: 'temporary' }, 'email.defer'],
    [{ event: 'failed', severity: 'permanent', reason: 'suppress-bounce' }, 'email.drop'],
    [{ event: 'stored' }, 'custom.stored'],
  ])('%j is %s', (more, type) => {
    expect(read(more).type).toBe(type);
  });

  test('a click with all that it tells', () => {
    const click = {
      event: 'clicked',
      url: 'https://x.test/p',
      ip: '198.51.100.4',
      'client-info': { 'user-agent': 'Firefox', bot: '' },
      message: { headers: { 'message-id': 'm-1', subject: 'Hi' } },
      tags: ['a', 'b'],
      'user-variables': { plan: 'gold' },
    };
    expect(read(click)).toMatchObject({
      id: 'e-1',
      occurredAt: '2026-02-03T09:15:00.250Z',
      timePrecision: 'ms',
      person: { email: 'rosa@example.com' },
      campaign: { messageId: 'm-1', subject: 'Hi', tags: ['a', 'b'] },
      link: { url: 'https://x.test/p' },
      client: { ip: '198.51.100.4', userAgent: 'Firefox' },
      properties: { plan: 'gold' },
    });
    expect(read(click).automated).toBeUndefined();
  });

  test('a bounce has its code and what the server said', () => {
    const status = { code: 550, message: 'No such user' };
    expect(read({ event: 'failed', severity: 'permanent', 'delivery-status': status }).bounce).toEqual({
      class: 'hard',
      code: '550',
      reason: 'No such user',
    });
  });

  test.each([
    ['apple', 'machine'],
    ['generic', 'machine'],
    ['gmail', 'suspect'],
  ])('the bot %s is %s', (bot, verdict) => {
    expect(read({ 'client-info': { bot } }).automated?.verdict).toBe(verdict);
  });

  test('a body without event-data is a dead letter', () => {
    expect(readJson(mailgun, { signature: {} }).deadLetters).toEqual(['event 0: it is not an object']);
  });

  const signed = (at: number, token = 'tok', signedToken = token) => {
    const timestamp = String(Math.floor(at / 1000));
    const signature = { timestamp, token, signature: hmac('sha256', 'key', timestamp + signedToken) };
    return request(JSON.stringify({ signature, 'event-data': event }));
  };
  describeSignature({
    adapter: mailgun,
    settings: { secret: 'key' },
    others: { secret: 'other' },
    signed,
    unsigned: request(JSON.stringify({ 'event-data': event })),
    altered: signed(NOW, 'another token', 'tok'),
    window: 12 * 3_600_000,
  });
});
