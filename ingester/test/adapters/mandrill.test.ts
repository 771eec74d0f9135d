import { describe, expect, test } from '@jest/globals';
import { mandrill } from '../../src/adapters/mandrill.ts';
import { readForm } from '../fixtures/read.ts';
import { describeSignature, hmac } from '../fixtures/signature.ts';
import { NOW, request } from '../support/request.ts';

const event = { event: 'open', _id: 'm-1', ts: 1_770_110_100, msg: { _id: 'm-1', email: 'rosa@example.com' } };
const read = (...events: object[]) => readForm(mandrill, { mandrill_events: JSON.stringify(events) });

describe('Mandrill', () => {
  test.each([
    ['send', 'email.sent'],
    ['deferral', 'email.defer'],
    ['hard_bounce', 'email.bounce'],
    ['soft_bounce', 'email.bounce'],
    ['open', 'email.open'],
    ['click', 'email.click'],
    ['spam', 'email.complaint'],
    ['unsub', 'email.unsubscribe'],
    ['reject', 'email.drop'],
    ['whatever', 'custom.whatever'],
  ])('%s is %s', (name, type) => {
    expect(read({ ...event, event: name }).engagements[0]?.type).toBe(type);
  });

  test('a click with all that it tells', () => {
    const click = {
      ...event,
      event: 'click',
      url: 'https://x.test/p',
      ip: '198.51.100.4',
      user_agent: 'Firefox',
      msg: { ...event.msg, subject: 'Hi', tags: ['a'], metadata: { plan: 'gold' } },
    };
    expect(read(click).engagements[0]).toMatchObject({
      occurredAt: '2026-02-03T09:15:00.000Z',
      person: { email: 'rosa@example.com' },
      campaign: { messageId: 'm-1', subject: 'Hi', tags: ['a'] },
      link: { url: 'https://x.test/p' },
      client: { ip: '198.51.100.4', userAgent: 'Firefox' },
      properties: { metadata: { plan: 'gold' } },
    });
  });

  test('the events of one message have IDs of their own', () => {
    const { engagements } = read(event, { ...event, ts: event.ts + 1 }, { ...event, event: 'click', url: 'u' });
    expect(new Set(engagements.map(({ id }) => id)).size).toBe(3);
    expect(read(event).engagements[0]?.id).toBe(engagements[0]?.id);
  });

  test('the state of the message says what an event does not', () => {
    const nameless = { ...event, event: undefined };
    const { engagements, deadLetters } = read(
      { ...nameless, msg: { ...event.msg, state: 'soft-bounced', diag: 'full' } },
      nameless,
    );
    expect(engagements).toMatchObject([{ type: 'email.bounce', bounce: { class: 'soft', reason: 'full' } }]);
    expect(deadLetters).toEqual(['event 1: it has no event']);
  });

  test('the rejection list', () => {
    const sync = { type: 'blacklist', action: 'add', reject: { email: 'rosa@example.com', reason: 'hard-bounce' } };
    expect(read(sync, { ...sync, action: 'remove' }, { ...sync, type: 'whitelist' }).engagements).toMatchObject([
      { type: 'email.suppress', person: { email: 'rosa@example.com' } },
      { type: 'custom.blacklist_remove' },
      { type: 'custom.whitelist_add' },
    ]);
  });

  test('an empty list is no engagement; no list cannot be read', () => {
    expect(read()).toEqual({ engagements: [], introductions: [], deadLetters: [] });
    expect(() => readForm(mandrill, { other: '[]' })).toThrow('no mandrill_events');
    expect(() => readForm(mandrill, { mandrill_events: '{}' })).toThrow('not a list');
    expect(() => readForm(mandrill, { mandrill_events: '[' })).toThrow('not JSON');
  });

  const url = 'https://user:pass@hooks.example.com/in/main?x=1';
  const fields = (events: unknown) => ({ mandrill_events: JSON.stringify(events), a: 'b c' });
  const sent = (sentFields: Record<string, string>, key: string, events: unknown = [event]) => {
    const signedText = `${url}ab cmandrill_events${JSON.stringify(events)}`;
    const signature = { 'x-mandrill-signature': hmac('sha1', key, signedText, 'base64') };
    return request(new URLSearchParams(sentFields).toString(), signature, url);
  };
  describeSignature({
    adapter: mandrill,
    settings: { secret: 'key' },
    others: { secret: 'other' },
    signed: () => sent(fields([event]), 'key'),
    unsigned: request(new URLSearchParams(fields([event])).toString(), {}, url),
    altered: sent(fields([event, event]), 'key'),
  });

  test('the URL is the configured one, or that which the proxy in front had', () => {
    const { body, headers } = sent(fields([event]), 'key');
    const settings = { secret: 'key', url };
    expect(mandrill.verify(request(body, headers, '/in/main'), settings, NOW).ok).toBe(true);
    const plain = hmac('sha1', 'key', 'https://hooks.example.com/in/main?x=1mandrill_events[{}]', 'base64');
    const behind = { 'x-mandrill-signature': plain, host: '10.0.0.1', 'x-forwarded-host': 'hooks.example.com' };
    const form = new URLSearchParams({ mandrill_events: '[{}]' }).toString();
    expect(mandrill.verify(request(form, behind, '/in/main?x=1'), { secret: 'key' }, NOW).ok).toBe(true);
  });

  test('the test before a key exists is an empty list, and nothing else', () => {
    const empty = sent(fields([]), 'test-webhook', []);
    expect(mandrill.verify(empty, {}, NOW).ok).toBe(true);
    expect(mandrill.verify(empty, { secret: 'key' }, NOW).ok).toBe(true);
    expect(mandrill.verify(sent(fields([event]), 'test-webhook'), {}, NOW).ok).toBe(false);
    expect(mandrill.verify(sent(fields([event]), 'test-webhook'), { secret: 'key' }, NOW).ok).toBe(false);
  });
});
