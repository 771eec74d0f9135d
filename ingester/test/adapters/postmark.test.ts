import { describe, expect, test } from '@jest/globals';
import { postmark } from '../../src/adapters/postmark.ts';
import { readJson, readOne } from '../fixtures/read.ts';
import { NOW, request } from '../support/request.ts';

const open = {
  RecordType: 'Open',
  MessageID: 'm-1',
  Recipient: 'Rosa@Example.com',
  ReceivedAt: '2026-02-03T04:15:00.1234567-05:00',
};
const bounce = { RecordType: 'Bounce', ID: 7, Email: 'rosa@example.com', BouncedAt: '2026-02-03T09:15:00Z' };
const change = { RecordType: 'SubscriptionChange', Recipient: 'rosa@example.com', ChangedAt: '2026-02-03T09:15:00Z' };

describe('Postmark', () => {
  test.each([
    [{ ...open, RecordType: 'Delivery' }, 'email.delivered'],
    [open, 'email.open'],
    [{ ...open, RecordType: 'Click' }, 'email.click'],
    [{ ...bounce, RecordType: 'SpamComplaint' }, 'email.complaint'],
    [{ ...bounce, Type: 'HardBounce' }, 'email.bounce'],
    [{ ...bounce, Type: 'Unsubscribe' }, 'email.unsubscribe'],
    [{ ...bounce, Type: 'SpamNotification' }, 'email.complaint'],
    [{ ...change, SuppressSending: true, SuppressionReason: 'ManualSuppression' }, 'email.unsubscribe'],
    [{ ...change, SuppressSending: true, SuppressionReason: 'HardBounce' }, 'email.suppress'],
    [{ ...change, SuppressSending: false, SuppressionReason: null }, 'email.resubscribe'],
    [{ From: 'Rosa <rosa@example.com>', FromFull: { Email: 'rosa@example.com' }, MessageID: 'm-2' }, 'email.reply'],
    [{ ...open, RecordType: 'Something New' }, 'custom.something_new'],
  ])('%j is %s', (event, type) => {
    expect(readOne(postmark, event)).toMatchObject({ type, person: { email: 'rosa@example.com' } });
  });

  test.each([
    ['HardBounce', 'hard'],
    ['BadEmailAddress', 'hard'],
    ['SoftBounce', 'soft'],
    ['Transient', 'soft'],
    ['DnsError', 'soft'],
    ['Blocked', 'block'],
    ['AutoResponder', 'unknown'],
  ])('a %s is %s', (Type, expected) => {
    expect(readOne(postmark, { ...bounce, Type }).bounce).toMatchObject({ class: expected });
  });

  test('a click with all that it tells', () => {
    const click = {
      ...open,
      RecordType: 'Click',
      OriginalLink: 'https://x.test/p',
      UserAgent: 'Firefox',
      Geo: { IP: '198.51.100.4' },
      Tag: 'welcome, all',
      Metadata: { plan: 'gold' },
    };
    expect(readOne(postmark, click)).toMatchObject({
      occurredAt: '2026-02-03T09:15:00.123Z',
      timePrecision: 'ms',
      campaign: { messageId: 'm-1', tags: ['welcome, all'] },
      link: { url: 'https://x.test/p' },
      client: { ip: '198.51.100.4', userAgent: 'Firefox' },
      properties: { Metadata: { plan: 'gold' } },
    });
  });

  test('an opening through Gmail is suspect, and a first opening is not human for that', () => {
    const gmail = { ...open, FirstOpen: true, UserAgent: 'Mozilla/5.0 (via ggpht.com GoogleImageProxy)' };
    expect(readOne(postmark, gmail).automated?.verdict).toBe('suspect');
    expect(readOne(postmark, { ...open, FirstOpen: true }).automated).toBeUndefined();
  });

  test('the ID is that of the happening', () => {
    const id = (event: object) => readOne(postmark, event).id;
    expect(id({ ...open, Geo: { City: 'Bern' } })).toBe(id(open));
    expect(id({ ...open, ReceivedAt: '2026-02-03T04:15:01-05:00' })).not.toBe(id(open));
    expect(id({ ...bounce, RecordType: 'SpamComplaint' })).not.toBe(id({ ...bounce, Type: 'HardBounce' }));
  });

  test('the secret of the URL', () => {
    const authorization = `Basic ${btoa('user:pass')}`;
    expect(postmark.verify(request('', { authorization }), { secret: 'user:pass' }, NOW)).toMatchObject({
      authenticated: 'basic',
    });
    expect(postmark.verify(request(''), { secret: 'user:pass' }, NOW).ok).toBe(false);
  });

  test('what does not say what it is fails alone', () => {
    expect(readJson(postmark, [{ MessageID: 'x' }, open])).toMatchObject({
      engagements: [{ type: 'email.open' }],
      deadLetters: ['event 0: it has no RecordType'],
    });
  });
});
