import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Unreadable } from '../../src/adapters/adapter.ts';
import { adapters } from '../../src/adapters/index.ts';
import { deliveryOf } from '../../src/inbox/delivery.ts';
import { NOW, request } from '../support/request.ts';

const seeds = [
  'type=click&contact[id]=3&contact[email]=a%40x.com&list[0][id]=4&link[url]=u',
  '{"type":"track","event":"Email Opened","userId":"u","context":{"traits":{"email":"a@x.com"}},"properties":{"a":1}}',
  '[{"specversion":"1.0","id":"1","source":"/s","type":"email.click","data":{"url":"u"}},{"specversion":"1.0","data_base64":"eA=="}]',
  '{"type":"form.submit","person":{"externalIds":{"a":1}},"form":{"id":"f","answers":[null]},"occurredAt":"2026-01-01"}',
];
const contentTypes = ['application/json', 'application/cloudevents+json', 'application/x-www-form-urlencoded', ''];

/** A seed with a stretch of it replaced by anything. */
const mutated = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.nat(120),
    fc.nat(12),
    fc.oneof(fc.string(), fc.json(), fc.constantFrom('__proto__', '[]', '{}', '%00', '&')),
  )
  .map(([seed, at, length, text]) => seed.slice(0, at) + text + seed.slice(at + length));
const bodies = fc.oneof(
  mutated.map((text) => Buffer.from(text)),
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
);

test.each([...adapters.values()].map((adapter) => [adapter.name, adapter] as const))(
  '%s: whatever comes is read or is unreadable, and nothing unsigned passes for signed',
  (_name, adapter) => {
    fc.assert(
      fc.property(bodies, fc.constantFrom(...contentTypes), fc.string(), (body, contentType, token) => {
        const raw = request(body, {
          'content-type': contentType,
          'x-signature': token,
          authorization: `Bearer ${token}`,
          'ce-specversion': '1.0',
        });
        expect(adapter.verify(raw, { secret: 'a secret that no one guesses' }, NOW)).toMatchObject({ ok: false });
        const delivery = deliveryOf(
          { connection: 'main', adapter: adapter.name },
          raw,
          { ok: true, authenticated: 'none' },
          NOW,
        );
        try {
          for (const { id, type, occurredAt } of adapter.normalize(delivery, {}).engagements) {
            expect(id.length).toBeGreaterThan(0);
            expect(id.length).toBeLessThanOrEqual(255);
            expect(type).toMatch(/^[a-z]+\.[a-z0-9_]*$/);
            expect(new Date(occurredAt).toISOString()).toBe(occurredAt);
          }
        } catch (error) {
          if (!(error instanceof Unreadable)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  },
);
