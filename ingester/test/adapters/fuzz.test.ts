import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Unreadable, type Adapter, type RawRequest } from '../../src/adapters/adapter.ts';
import { adapters } from '../../src/adapters/index.ts';
import { deliveryOf } from '../../src/inbox/delivery.ts';
import { seeds } from '../fixtures/seeds.ts';
import { NOW, request } from '../support/request.ts';

const hostile = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    '',
    ' ',
    0,
    -1,
    1e308,
    true,
    null,
    [],
    {},
    [[]],
    '__proto__',
    'constructor',
    '9'.repeat(400),
    '2026-02-30',
  ),
);

/** The event with something else in one place, whichever that is; as deep and as long as you like. */
const misshapen = (event: unknown) =>
  fc.tuple(fc.nat(60), hostile).map(([place, value]) => {
    let visited = 0;
    return JSON.parse(JSON.stringify(event), (_key, item: unknown) => (visited++ === place ? value : item)) as unknown;
  });

/** The body with a stretch of it replaced by anything. */
const torn = (body: string) =>
  fc
    .tuple(
      fc.nat(body.length),
      fc.nat(12),
      fc.oneof(fc.string(), fc.json(), fc.constantFrom('__proto__', '[]', '%00', '&')),
    )
    .map(([at, length, text]) => body.slice(0, at) + text + body.slice(at + length));

const contentTypes = ['application/json', 'application/cloudevents+json', 'application/x-www-form-urlencoded', ''];

/** As good as any that somebody makes up who does not have the key. */
const credentials = (token: string) => ({
  ...{ authorization: `Bearer ${token}`, 'x-signature': token, 'ce-specversion': '1.0' },
  ...{ 'x-mandrill-signature': token, 'x-twilio-signature': token, 'typeform-signature': `sha256=${token}` },
  ...{ 'x-cio-signature': token, 'x-cio-timestamp': String(NOW / 1000) },
  ...{ 'klaviyo-signature': token, 'klaviyo-timestamp': new Date(NOW).toUTCString() },
  ...{ 'x-hubspot-signature-v3': token, 'x-hubspot-request-timestamp': String(NOW) },
  ...{ 'webhook-id': 'm', 'webhook-timestamp': String(NOW / 1000), 'webhook-signature': `v1,${token}` },
  ...{ 'svix-id': 'm', 'svix-timestamp': String(NOW / 1000), 'svix-signature': `v1,${token}` },
  ...{ 'calendly-webhook-signature': `t=${NOW / 1000},v1=${token}` },
  'x-twilio-email-event-webhook-signature': token,
  'x-twilio-email-event-webhook-timestamp': String(NOW / 1000),
});

function expectSafe(adapter: Adapter, raw: RawRequest): void {
  const secret = 'a secret that no one guesses';
  expect(adapter.verify(raw, { secret, publicKey: secret }, NOW)).toMatchObject({ ok: false });
  expect(adapter.verify(raw, { secret: `whsec_${btoa(secret)}` }, NOW)).toMatchObject({ ok: false });
  const origin = { connection: 'main', adapter: adapter.name };
  const delivery = deliveryOf(origin, raw, { ok: true, authenticated: 'none' }, NOW);
  try {
    for (const { id, type, occurredAt, person } of adapter.normalize(delivery, {}).engagements) {
      expect(id.length).toBeGreaterThan(0);
      expect(id.length).toBeLessThanOrEqual(255);
      expect(type).toMatch(/^[a-z]+\.[a-z0-9_]*$/);
      expect(new Date(occurredAt).toISOString()).toBe(occurredAt);
      expect(typeof (person.email ?? '')).toBe('string');
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
}

describe.each([...new Set(adapters.values())].map((adapter) => [adapter.name, adapter] as const))(
  '%s',
  (name, adapter) => {
    const { event, body = JSON.stringify } = seeds[name]!;
    const bodies = fc.oneof(
      misshapen(event).map((each) => Buffer.from(body(each))),
      torn(body(event)).map((text) => Buffer.from(text)),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );

    test('whatever comes is read or is unreadable, and nothing unsigned passes for signed', () => {
      fc.assert(
        fc.property(bodies, fc.constantFrom(...contentTypes), fc.string(), (sent, contentType, token) => {
          expectSafe(adapter, request(sent, { 'content-type': contentType, ...credentials(token) }));
        }),
        { numRuns: 3600 },
      );
    });

    test('what is deep or long is read or unreadable, too', () => {
      const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
      const nested = `${'{"data":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
      const long = `[${'0,'.repeat(100_000)}0]`;
      const keys = Array.from({ length: 20_000 }, (_, index) => `a[${index}]=1`).join('&');
      for (const sent of [deep, nested, long, keys, `mandrill_events=${long}`, `a${'[b]'.repeat(5000)}=1`]) {
        expectSafe(adapter, request(sent));
      }
    });
  },
);
