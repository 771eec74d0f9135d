import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { twilio } from '../../src/adapters/twilio.ts';
import { readForm } from '../fixtures/read.ts';
import { describeSignature, hmac } from '../fixtures/signature.ts';
import { NOW, receive, request } from '../support/request.ts';

const message = { MessageSid: 'SM1', From: '+15550001111', To: '+15552223333' };
const read = (more: Record<string, string>) => readForm(twilio, { ...message, ...more }).engagements[0];

describe('Twilio', () => {
  test.each([
    [{ MessageStatus: 'sent' }, 'sms.sent'],
    [{ MessageStatus: 'delivered' }, 'sms.delivered'],
    [{ MessageStatus: 'undelivered', ErrorCode: '30003' }, 'sms.fail'],
    [{ MessageStatus: 'failed' }, 'sms.fail'],
    [{ MessageStatus: 'queued' }, 'custom.sms_queued'],
    [{ MessageStatus: 'read' }, 'custom.sms_read'],
    [{ SmsStatus: 'received', Body: 'Call me' }, 'sms.reply'],
    [{ SmsStatus: 'received', Body: ' STOP ' }, 'sms.unsubscribe'],
    [{ SmsStatus: 'received', Body: 'Arrêt', OptOutType: 'STOP' }, 'sms.unsubscribe'],
    [{ SmsStatus: 'received', Body: 'please stop by' }, 'sms.reply'],
    [{ CallSid: 'CA1', CallStatus: 'completed' }, 'custom.call_completed'],
  ])('%j is %s', (more, type) => {
    expect(read(more)?.type).toBe(type);
  });

  test('who it is: the receiver of what we sent, the sender of what came', () => {
    expect(read({ MessageStatus: 'sent' })?.person).toEqual({ phone: '+15552223333' });
    expect(read({ Body: 'Hi', From: 'whatsapp:+15550001111' })?.person).toEqual({ phone: '+15550001111' });
  });

  test('a message is in each status once, at a time that nobody tells', () => {
    const sent = read({ MessageStatus: 'sent' });
    expect(sent?.timePrecision).toBe('assumed');
    expect(read({ MessageStatus: 'sent', ApiVersion: '2' })?.id).toBe(sent?.id);
    expect(read({ MessageStatus: 'delivered' })?.id).not.toBe(sent?.id);
  });

  test('a click on a short link, as JSON', () => {
    const click = {
      event_type: 'click',
      sms_sid: 'SM1',
      to: '+1',
      link: 'https://x.test',
      click_time: '2026-02-03T09:15:00Z',
    };
    const { engagements } = receive(twilio, request(JSON.stringify(click), { 'content-type': 'application/json' }), {
      allowUnsigned: true,
    });
    expect(engagements).toMatchObject([
      {
        type: 'sms.click',
        occurredAt: '2026-02-03T09:15:00.000Z',
        person: { phone: '+1' },
        link: { url: 'https://x.test' },
      },
    ]);
  });

  test('what is about neither is a dead letter', () => {
    expect(readForm(twilio, { a: 'b' }).deadLetters).toEqual(['event 0: it is about neither a message nor a call']);
  });

  const url = 'https://hooks.example.com/in/main?x=1';
  const keys = { adapter: twilio, settings: { secret: 'key' }, others: { secret: 'other' } };
  describe('a form', () => {
    const form = 'To=%2B1&Body=a+b&Zz=1&Zz=0';
    const sent = (body: string, at = url) => {
      const signature = hmac('sha1', 'key', `${at}Bodya bTo+1Zz0Zz1`, 'base64');
      return request(body, { 'x-twilio-signature': signature }, url);
    };
    describeSignature({
      ...keys,
      signed: () => sent(form),
      unsigned: request(form, {}, url),
      altered: sent(`${form}2`),
    });

    test('the port may be in the signed URL or not', () => {
      const withPort = sent(form, 'https://hooks.example.com:443/in/main?x=1');
      expect(twilio.verify(withPort, keys.settings, NOW).ok).toBe(true);
    });
  });

  describe('JSON, whose hash is in the URL', () => {
    const body = '{"a":1}';
    const hashed = `${url}&bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
    const sent = (json: string) =>
      request(json, { 'x-twilio-signature': hmac('sha1', 'key', hashed, 'base64') }, hashed);
    describeSignature({
      ...keys,
      signed: () => sent(body),
      unsigned: request(body, {}, hashed),
      altered: sent('{"a":2}'),
    });
  });
});
