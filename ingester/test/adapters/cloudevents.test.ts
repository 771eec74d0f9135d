import { describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { cloudevents } from '../../src/adapters/cloudevents.ts';
import { NOW, receive, request } from '../support/request.ts';

const structured = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };
const batched = { 'content-type': 'application/cloudevents-batch+json' };
const event = {
  specversion: '1.0',
  id: 'e1',
  source: '/esp',
  type: 'org.acme.email.click',
  time: '2026-02-03T09:15:00Z',
  subject: 'Rosa@Example.com',
  data: { url: 'https://x.test/p', plan: 'gold', properties: { tier: 2 } },
};
const read = (body: unknown, headers: Record<string, string> = structured) =>
  receive(cloudevents, request(typeof body === 'string' ? body : JSON.stringify(body), headers));

describe('CloudEvents', () => {
  test('structured mode', () => {
    expect(read({ ...event, region: 'eu' }).engagements).toMatchObject([
      {
        source: 'cloudevents:main',
        type: 'email.click',
        occurredAt: '2026-02-03T09:15:00.000Z',
        person: { email: 'rosa@example.com' },
        link: { url: 'https://x.test/p' },
        properties: { region: 'eu', plan: 'gold', tier: 2 },
      },
    ]);
  });

  test('batch mode: the source and the ID together are the key, and a bad event fails alone', () => {
    const batch = [
      event,
      { ...event, source: '/other' },
      event,
      { ...event, id: '' },
      { ...event, specversion: '0.3' },
      'x',
    ];
    const { engagements, deadLetters } = read(batch, batched);
    expect(new Set(engagements.map(({ id }) => id)).size).toBe(2);
    expect(engagements).toHaveLength(3);
    expect(deadLetters).toEqual([
      'event 3: the attribute id is missing',
      'event 4: the attribute specversion is not 1.0',
      'event 5: it is not an object',
    ]);
  });

  test('binary mode', () => {
    const headers = {
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': 'e%201',
      'ce-source': '/esp',
      'ce-type': 'page.view',
      'ce-subject': 'rosa%40example.com',
    };
    expect(read('{"url":"https://x.test/p"}', headers).engagements).toMatchObject([
      {
        type: 'page.view',
        person: { email: 'rosa@example.com' },
        page: { url: 'https://x.test/p' },
        timePrecision: 'assumed',
      },
    ]);
    expect(read('', headers).engagements).toHaveLength(1);
    expect(read('plain', { ...headers, 'content-type': 'text/plain' }).engagements[0]?.properties).toEqual({
      data: 'plain',
    });
    expect(() => read('{', headers)).toThrow('not JSON');
  });

  test('data that is no object is kept, and data that cannot be decoded fails alone', () => {
    expect(read({ ...event, data: 'text' }).engagements[0]?.properties).toEqual({ data: 'text' });
    const encoded = { ...event, data: undefined, data_base64: btoa('{"plan":"gold"}') };
    expect(read(encoded).engagements[0]?.properties).toEqual({ plan: 'gold' });
    const broken = read({ ...event, data: undefined, data_base64: '... no base64 ...' });
    expect(broken.engagements[0]?.properties).toEqual({ dataError: 'data_base64 is not base64' });
    expect(broken.deadLetters).toEqual([]);
  });

  describe('authentication', () => {
    const body = JSON.stringify(event);
    const secret = `whsec_${btoa('a key of twenty-four b')}`;
    const headersAt = (seconds: number, signed = body) => ({
      'webhook-id': 'msg',
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,AAAA ${new Webhook(secret).sign('msg', new Date(seconds * 1000), signed)}`,
    });
    const verify = (headers: Record<string, string>) => cloudevents.verify(request(body, headers), { secret }, NOW);

    test('a Standard Webhooks signature within five minutes', () => {
      expect(verify(headersAt(NOW / 1000 - 300))).toEqual({ ok: true, authenticated: 'signature' });
      expect(verify(headersAt(NOW / 1000 - 301))).toMatchObject({
        ok: false,
        reason: expect.stringContaining('replay'),
      });
      expect(verify(headersAt(NOW / 1000 + 301))).toMatchObject({ ok: false });
      expect(verify(headersAt(NOW / 1000, `${body}x`))).toMatchObject({ ok: false });
      expect(verify({})).toMatchObject({ ok: false });
      expect(verify({ authorization: `Bearer ${secret}` })).toMatchObject({ ok: false });
    });

    test('another secret is a token', () => {
      const token = (url: string, headers = {}) =>
        cloudevents.verify(request(body, headers, url), { secret: 't' }, NOW);
      expect(token('/in/main?access_token=t')).toEqual({ ok: true, authenticated: 'secret' });
      expect(token('/in/main', { authorization: 'Bearer t' })).toEqual({ ok: true, authenticated: 'secret' });
      expect(token('/in/main')).toMatchObject({ ok: false });
    });
  });
});
