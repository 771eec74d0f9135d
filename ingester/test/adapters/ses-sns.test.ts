import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { sesSns } from '../../src/adapters/ses-sns.ts';
import { isSigningCertUrl } from '../../src/adapters/sns.ts';
import { readJson } from '../fixtures/read.ts';
import { describeSignature } from '../fixtures/signature.ts';
import { NOW, receive, request } from '../support/request.ts';

/** Messages of our own, signed with a key that exists no more. */
const sns = JSON.parse(readFileSync(new URL('../fixtures/sns.json', import.meta.url), 'utf8')) as {
  certificate: string;
  otherCertificate: string;
} & Record<'version1' | 'version2' | 'confirmation', Record<string, string>>;

const mail = { timestamp: '2026-02-03T09:00:00.000Z', messageId: 'm-1', destination: ['rosa@example.com'] };
const read = (event: object) =>
  readJson(sesSns, { Type: 'Notification', MessageId: 'n-1', Message: JSON.stringify({ mail, ...event }) });

describe('Amazon SES through SNS', () => {
  test.each([
    [{ eventType: 'Send', send: {} }, 'email.sent'],
    [{ eventType: 'Delivery', delivery: { recipients: ['rosa@example.com'] } }, 'email.delivered'],
    [{ eventType: 'DeliveryDelay', deliveryDelay: {} }, 'email.defer'],
    [{ eventType: 'Bounce', bounce: {} }, 'email.bounce'],
    [{ notificationType: 'Bounce', bounce: {} }, 'email.bounce'],
    [{ eventType: 'Reject', reject: {} }, 'email.drop'],
    [{ eventType: 'Rendering Failure', failure: {} }, 'email.drop'],
    [{ eventType: 'Open', open: {} }, 'email.open'],
    [{ eventType: 'Click', click: {} }, 'email.click'],
    [{ eventType: 'Complaint', complaint: {} }, 'email.complaint'],
    [{ eventType: 'Complaint', complaint: { complaintFeedbackType: 'not-spam' } }, 'custom.not_spam'],
    [
      { eventType: 'Subscription', subscription: { newTopicPreferences: { unsubscribeAll: true } } },
      'email.unsubscribe',
    ],
    [{ eventType: 'Subscription', subscription: { newTopicPreferences: {} } }, 'email.resubscribe'],
    [
      {
        eventType: 'Subscription',
        subscription: { newTopicPreferences: { topicSubscriptionStatus: [{ subscriptionStatus: 'OptOut' }] } },
      },
      'email.unsubscribe',
    ],
  ])('%j is %s', (event, type) => {
    expect(read(event).engagements).toMatchObject([{ type, person: { email: 'rosa@example.com' } }]);
  });

  test('a bounce of several is an engagement for each', () => {
    const bouncedRecipients = [
      { emailAddress: 'rosa@example.com', status: '5.1.1', diagnosticCode: 'unknown user' },
      { emailAddress: 'Jan <jan@example.com>' },
    ];
    const bounce = { bounceType: 'Permanent', timestamp: '2026-02-03T09:15:00.250Z', bouncedRecipients };
    const { engagements } = read({ eventType: 'Bounce', bounce });
    expect(engagements).toMatchObject([
      {
        occurredAt: '2026-02-03T09:15:00.250Z',
        person: { email: 'rosa@example.com' },
        bounce: { class: 'hard', code: '5.1.1', reason: 'unknown user' },
      },
      { person: { email: 'jan@example.com' }, bounce: { class: 'hard' } },
    ]);
    expect(new Set(engagements.map(({ id }) => id)).size).toBe(2);
  });

  test.each([
    ['Transient', 'soft'],
    ['Undetermined', 'unknown'],
  ])('a %s bounce is %s', (bounceType, expected) => {
    expect(read({ eventType: 'Bounce', bounce: { bounceType } }).engagements[0]?.bounce?.class).toBe(expected);
  });

  test('of several recipients nobody knows who opened', () => {
    const several = { ...mail, destination: ['rosa@example.com', 'jan@example.com'] };
    expect(read({ eventType: 'Open', open: {}, mail: several }).engagements).toMatchObject([{ person: {} }]);
    expect(read({ eventType: 'Send', send: {}, mail: several }).engagements).toHaveLength(2);
  });

  test('messages about the subscription are no engagement; what is no event is a dead letter', () => {
    const nothing = { engagements: [], introductions: [], deadLetters: [] };
    expect(readJson(sesSns, { Type: 'UnsubscribeConfirmation' })).toEqual(nothing);
    const greeting = 'Successfully validated SNS topic for Amazon SES event publishing.';
    expect(readJson(sesSns, { Type: 'Notification', Message: greeting })).toEqual(nothing);
    expect(readJson(sesSns, { Type: 'Notification', Message: 'hello' }).deadLetters).toHaveLength(1);
    expect(readJson(sesSns, { Type: 'Notification' }).deadLetters).toEqual(['event 0: it has no Message']);
    expect(() => readJson(sesSns, [])).toThrow('no SNS message');
  });

  const url = sns.version2['SigningCertURL']!;
  const settings = { certificates: { [url]: sns.certificate } };
  const message = (envelope: object) => request(JSON.stringify(envelope), { 'content-type': 'text/plain' });

  test.each(['version1', 'version2'] as const)('%s signs the click in it', (version) => {
    expect(receive(sesSns, message(sns[version]), settings).engagements).toMatchObject([
      {
        type: 'email.click',
        authenticated: 'signature',
        occurredAt: '2026-02-03T09:15:00.250Z',
        campaign: { messageId: 'm-1', subject: 'Hi' },
        link: { url: 'https://x.test/p' },
        client: { ip: '198.51.100.4', userAgent: 'Firefox' },
      },
    ]);
  });

  test('a confirmation is signed over other fields', () => {
    expect(receive(sesSns, message(sns.confirmation), settings).engagements).toEqual([]);
    const elsewhere = message({ ...sns.confirmation, SubscribeURL: 'https://evil.test/' });
    expect(sesSns.verify(elsewhere, settings, NOW).ok).toBe(false);
  });

  test('only the topics of the connection may send', () => {
    const verify = (topic: string) => sesSns.verify(message(sns.version2), { ...settings, topics: [topic] }, NOW).ok;
    expect(verify(sns.version2['TopicArn']!)).toBe(true);
    expect(verify('arn:aws:sns:eu-west-1:111111111111:other')).toBe(false);
  });

  test.each([
    ['https://sns.eu-west-1.amazonaws.com/a.pem', true],
    ['https://sns.cn-north-1.amazonaws.com.cn/a.pem', true],
    ['http://sns.eu-west-1.amazonaws.com/a.pem', false],
    ['https://sns.eu-west-1.amazonaws.com.evil.test/a.pem', false],
    ['https://sns.eu-west-1.amazonaws.com:8443/a.pem', false],
    ['https://evil.test/sns.eu-west-1.amazonaws.com/a.pem', false],
    ['https://sns.eu-west-1.amazonaws.com@evil.test/a.pem', false],
    ['https://sns.eu-west-1.amazonaws.com/a.txt', false],
    ['__proto__', false],
  ])('a certificate from %s: %j', (certificate, expected) => {
    expect(isSigningCertUrl(certificate)).toBe(expected);
    const sent = message({ ...sns.version1, SigningCertURL: certificate });
    expect(sesSns.verify(sent, { certificates: { [certificate]: sns.certificate } }, NOW).ok).toBe(expected);
  });

  describeSignature({
    adapter: sesSns,
    settings,
    others: { certificates: { [url]: sns.otherCertificate } },
    signed: () => message(sns.version2),
    unsigned: message({ ...sns.version2, Signature: undefined }),
    altered: message({ ...sns.version2, Message: '{}' }),
  });
});
