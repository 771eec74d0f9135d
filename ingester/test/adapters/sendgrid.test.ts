import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { sendgrid } from '../../src/adapters/sendgrid.ts';
import { readJson, readOne } from '../fixtures/read.ts';
import { describeSignature } from '../fixtures/signature.ts';
import { NOW, request } from '../support/request.ts';

const event = { email: 'rosa@example.com', timestamp: 1_770_110_100, event: 'open', sg_event_id: 'e-1' };

describe('SendGrid', () => {
  test.each([
    ['processed', 'email.sent'],
    ['deferred', 'email.defer'],
    ['delivered', 'email.delivered'],
    ['open', 'email.open'],
    ['click', 'email.click'],
    ['bounce', 'email.bounce'],
    ['dropped', 'email.drop'],
    ['spamreport', 'email.complaint'],
    ['unsubscribe', 'email.unsubscribe'],
    ['group_unsubscribe', 'email.unsubscribe'],
    ['group_resubscribe', 'email.resubscribe'],
    ['account_status_change', 'custom.account_status_change'],
  ])('%s is %s', (name, type) => {
    expect(readOne(sendgrid, [{ ...event, event: name }]).type).toBe(type);
  });

  test('a click with all that it tells; the sender’s own arguments lie beside it', () => {
    const click = {
      ...event,
      event: 'click',
      sg_message_id: 'm-1',
      url: 'https://x.test/p',
      useragent: 'Firefox',
      ip: '198.51.100.4',
      category: ['news', 'spring'],
      singlesend_id: 's-1',
      singlesend_name: 'Spring',
      plan: 'gold',
    };
    expect(readOne(sendgrid, [click])).toMatchObject({
      id: 'e-1',
      occurredAt: '2026-02-03T09:15:00.000Z',
      timePrecision: 's',
      person: { email: 'rosa@example.com' },
      campaign: { id: 's-1', name: 'Spring', messageId: 'm-1', tags: ['news', 'spring'] },
      link: { url: 'https://x.test/p' },
      client: { ip: '198.51.100.4', userAgent: 'Firefox' },
      properties: { plan: 'gold' },
    });
  });

  test.each([
    [{ type: 'bounce', status: '5.0.0' }, 'hard'],
    [{ type: 'blocked', status: '5.0.0' }, 'block'],
    [{ status: '5.1.1' }, 'hard'],
    [{ status: '4.2.2' }, 'soft'],
  ])('a bounce with %j is %s', (more, expected) => {
    expect(readOne(sendgrid, [{ ...event, event: 'bounce', ...more }]).bounce?.class).toBe(expected);
  });

  test('a machine’s opening is one; a group is the list that somebody left', () => {
    expect(readOne(sendgrid, [{ ...event, sg_machine_open: true }]).automated?.verdict).toBe('machine');
    expect(readOne(sendgrid, [{ ...event, sg_machine_open: false }]).automated).toBeUndefined();
    expect(readOne(sendgrid, [{ ...event, event: 'group_unsubscribe', asm_group_id: 10 }]).list).toEqual({ id: '10' });
  });

  test('the name of the field is no ID', () => {
    const examples = ['open', 'click'].map((name) => ({ ...event, event: name, sg_event_id: 'sg_event_id' }));
    const ids = readJson(sendgrid, examples).engagements.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });

  test('a bad event fails alone', () => {
    expect(readJson(sendgrid, [event, null, { email: 'x' }, { ...event, event: 'click' }])).toMatchObject({
      engagements: [{ type: 'email.open' }, { type: 'email.click' }],
      deadLetters: ['event 1: it is not an object', 'event 2: it has no event'],
    });
  });

  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { publicKey, privateKey } = pair();
  const settings = { publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') };
  const body = `${JSON.stringify([event])}\r\n`;
  const signed = (at: number, sent = body) => {
    const timestamp = String(Math.floor(at / 1000));
    return request(sent, {
      'x-twilio-email-event-webhook-timestamp': timestamp,
      'x-twilio-email-event-webhook-signature': sign('sha256', Buffer.from(timestamp + body), privateKey).toString(
        'base64',
      ),
    });
  };
  describeSignature({
    adapter: sendgrid,
    settings,
    others: { publicKey: pair().publicKey.export({ type: 'spki', format: 'pem' }).toString() },
    signed,
    unsigned: request(body),
    // Without the line break that was signed, too.
    altered: signed(NOW, body.trimEnd()),
    window: 86_400_000,
  });

  test('a key in PEM is one, and what is no key or no signature is an answer, not a failure', () => {
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(sendgrid.verify(signed(NOW), { publicKey: pem }, NOW).ok).toBe(true);
    expect(sendgrid.verify(signed(NOW), { publicKey: 'no key' }, NOW).ok).toBe(false);
    const garbage = { ...signed(NOW).headers, 'x-twilio-email-event-webhook-signature': 'AAAA' };
    expect(sendgrid.verify(request(body, garbage), settings, NOW).ok).toBe(false);
  });
});
