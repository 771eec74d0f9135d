import { describe, expect, test } from '@jest/globals';
import { iterable } from '../../src/adapters/iterable.ts';
import { readJson, readOne } from '../fixtures/read.ts';

const event = (eventName: string, dataFields: object = {}) => ({
  eventName,
  email: 'rosa@example.com',
  dataFields: { createdAt: '2026-02-03 04:15:00 -05:00', campaignId: 8, messageId: 'm-1', ...dataFields },
});

describe('Iterable', () => {
  test.each([
    ['emailSend', 'email.sent'],
    ['emailSendSkip', 'email.drop'],
    ['emailOpen', 'email.open'],
    ['emailClick', 'email.click'],
    ['emailBounce', 'email.bounce'],
    ['emailComplaint', 'email.complaint'],
    ['emailSubscribe', 'email.resubscribe'],
    ['emailUnSubscribe', 'email.unsubscribe'],
    ['smsSend', 'sms.sent'],
    ['smsBounce', 'sms.fail'],
    ['smsClick', 'sms.click'],
    ['smsReceived', 'sms.reply'],
    ['pushOpen', 'custom.pushopen'],
    ['inAppClick', 'custom.inappclick'],
  ])('%s is %s', (name, type) => {
    expect(readOne(iterable, event(name)).type).toBe(type);
  });

  test('a click with all that it tells', () => {
    const more = {
      campaignName: 'Spring',
      emailSubject: 'Hi',
      url: 'https://x.test',
      hrefIndex: 2,
      ip: '198.51.100.4',
    };
    expect(readOne(iterable, { ...event('emailClick', more), userId: 'u-1' })).toMatchObject({
      occurredAt: '2026-02-03T09:15:00.000Z',
      person: { email: 'rosa@example.com', externalIds: { iterable: 'u-1' } },
      campaign: { id: '8', name: 'Spring', messageId: 'm-1', subject: 'Hi' },
      link: { id: '2', url: 'https://x.test' },
      client: { ip: '198.51.100.4' },
    });
  });

  test('a subscription to lists is one to a list', () => {
    expect(readOne(iterable, event('emailSubscribe', { emailListIds: [5, 6] }))).toMatchObject({
      type: 'list.subscribe',
      list: { id: '5' },
    });
  });

  test.each([
    [{ proxySource: 'Gmail' }, 'suspect'],
    [{ proxySource: 'Apple' }, 'machine'],
    [{ isBot: true, proxySource: 'Gmail' }, 'machine'],
    [{ proxySource: null }, undefined],
  ])('an opening with %j is %s', (more, verdict) => {
    expect(readOne(iterable, event('emailOpen', more)).automated?.verdict).toBe(verdict);
  });

  test.each([
    ['HardBounce', 'hard'],
    ['SoftBounce', 'soft'],
  ])('a %s is %s', (recipientState, expected) => {
    expect(readOne(iterable, event('emailBounce', { recipientState })).bounce?.class).toBe(expected);
  });

  test('the address may be among the fields; what has no name is a dead letter', () => {
    const inside = { ...event('emailOpen', { email: 'jan@example.com' }), email: undefined };
    expect(readOne(iterable, inside).person).toEqual({ email: 'jan@example.com' });
    expect(readJson(iterable, { dataFields: 5 }).deadLetters).toEqual(['event 0: it has no eventName']);
  });
});
