import { describe, expect, test } from '@jest/globals';
import { resend } from '../../src/adapters/resend.ts';
import { standardWebhooks } from '../../src/adapters/standard-webhooks.ts';
import { readJson, readOne } from '../fixtures/read.ts';
import { describeSignature, hmac } from '../fixtures/signature.ts';
import { NOW, request } from '../support/request.ts';

const event = {
  type: 'page.view',
  timestamp: '2026-02-03T09:15:00.250Z',
  data: { email: 'rosa@example.com', url: 'https://x.test/p', properties: { plan: 'gold' }, seats: 5 },
};

describe('Standard Webhooks', () => {
  test('the contract’s own words, or the sender’s', () => {
    expect(readOne(standardWebhooks, event)).toMatchObject({
      type: 'page.view',
      occurredAt: '2026-02-03T09:15:00.250Z',
      person: { email: 'rosa@example.com' },
      page: { url: 'https://x.test/p' },
      properties: { plan: 'gold', seats: 5 },
    });
    expect(readOne(standardWebhooks, { ...event, type: 'invoice.paid' }).type).toBe('custom.invoice_paid');
    expect(readJson(standardWebhooks, { data: {} }).deadLetters).toEqual(['event 0: it has no type']);
  });

  test('the ID is that of the message, else that of what it says', () => {
    const delivery = {
      connection: 'main',
      adapter: 'standard-webhooks',
      receivedAt: NOW,
      authenticated: 'none' as const,
    };
    const body = Buffer.from(JSON.stringify(event));
    const known = standardWebhooks.normalize({ ...delivery, headers: { 'webhook-id': 'msg_1' }, body }, {});
    expect(known.engagements[0]?.id).toBe('msg_1');
    expect(readOne(standardWebhooks, event).id).toBe(readOne(standardWebhooks, event).id);
  });

  const body = JSON.stringify(event);
  const key = Buffer.from('a key of twenty-four byt');
  const settings = { secret: `whsec_${key.toString('base64')}` };
  const others = { secret: `whsec_${btoa('another key of as many b')}` };
  const sign = (prefix: string, at: number, sent = body, more = '') => {
    const timestamp = String(Math.floor(at / 1000));
    const signature = `v1,${hmac('sha256', key, `msg_1.${timestamp}.${body}`, 'base64')}`;
    return request(sent, {
      [`${prefix}-id`]: 'msg_1',
      [`${prefix}-timestamp`]: timestamp,
      [`${prefix}-signature`]: more + signature,
    });
  };

  describe.each([
    ['webhook', standardWebhooks],
    ['svix', resend],
  ])('with the headers of %s', (prefix, adapter) => {
    describeSignature({
      ...{ adapter, settings, others, unsigned: request(body), window: 300_000 },
      signed: (at) => sign(prefix, at),
      altered: sign(prefix, NOW, `${body} `),
    });
  });

  test('one of several signatures is enough; a secret that is none is an answer, not a failure', () => {
    const verify = (more: string, secret = settings.secret) =>
      standardWebhooks.verify(sign('webhook', NOW, body, more), { secret }, NOW).ok;
    expect(verify('v1,AAAA v1a,BBBB ')).toBe(true);
    expect(verify('', 'whsec_%%%')).toBe(false);
    expect(verify('', 'whsec_')).toBe(false);
  });
});
