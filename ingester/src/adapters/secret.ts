import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RawRequest, Settings, Verdict } from './adapter.ts';

const hash = (text: string) => createHmac('sha256', 'compare').update(text).digest();

/** Compares in a time that tells nothing about the secret, its length included. */
export const sameSecret = (given: string, expected: string): boolean => timingSafeEqual(hash(given), hash(expected));

/**
 * The check for sources that do not sign: where a secret is configured, the request must bring it as `?secret=`,
 * `?access_token=`, a bearer token or the password of HTTP Basic.
 */
export function verifySharedSecret(request: RawRequest, { secret }: Settings): Verdict {
  if (secret === undefined) return { ok: true, authenticated: 'none' };
  const offered = offeredSecrets(request);
  if (offered.length === 0) return { ok: false, reason: 'no secret came with the request' };
  const match = offered.find(({ value }) => sameSecret(value, secret));
  return match ? { ok: true, authenticated: match.kind } : { ok: false, reason: 'the secret is wrong' };
}

/** Basic matches by its password, by its user (RudderStack's write key), or by both where the secret is `user:password`. */
function offeredSecrets({ url, headers }: RawRequest): { kind: 'secret' | 'basic'; value: string }[] {
  const query = new URLSearchParams(url.split('?').slice(1).join('?'));
  const inQuery = [...query.getAll('secret'), ...query.getAll('access_token')];
  const [scheme = '', credentials = ''] = (headers['authorization'] ?? '').split(/ +/, 2);
  const offered = inQuery.map((value) => ({ kind: 'secret' as const, value }));
  if (scheme.toLowerCase() === 'bearer') return [...offered, { kind: 'secret', value: credentials }];
  if (scheme.toLowerCase() !== 'basic') return offered;
  const pair = Buffer.from(credentials, 'base64').toString();
  const values = [pair, pair.slice(pair.indexOf(':') + 1), pair.slice(0, Math.max(0, pair.indexOf(':')))];
  return [...offered, ...values.map((value) => ({ kind: 'basic' as const, value }))];
}
