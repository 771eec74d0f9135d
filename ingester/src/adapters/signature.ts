import { createHmac } from 'node:crypto';
import type { Settings, Verdict } from './adapter.ts';
import { sameSecret } from './secret.ts';

/** How a source signs. */
export interface Scheme {
  /** What the source calls its signature, for the reason. */
  name: string;
  /** The signature that came. */
  signature: string | undefined;
  /** What it is checked with. */
  key: string | undefined;
  /** Whether the key made the signature; asked only within the window. */
  matches: (signature: string, key: string) => boolean;
  /** When it was signed in epoch milliseconds, and how many may lie between then and now. */
  signedAt?: number;
  window?: number;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** The check for sources that sign: what is not signed is refused unless `allowUnsigned`, what is signed wrongly always. */
export function verifySignature({ allowUnsigned }: Settings, now: number, scheme: Scheme): Verdict {
  const { name, signature, key, matches, signedAt = now, window = 0 } = scheme;
  if (!signature || !key) {
    if (allowUnsigned === true) return { ok: true, authenticated: 'none' };
    const reason = !key ? `no key is configured to check ${name} with` : `${name} is missing`;
    return { ok: false, reason };
  }
  // Not a number, too, is outside.
  if (!(Math.abs(now - signedAt) <= window)) return { ok: false, reason: `${name} is outside the replay window` };
  return matches(signature, key)
    ? { ok: true, authenticated: 'signature' }
    : { ok: false, reason: `${name} does not match the request` };
}

/** Whether a text is the HMAC of the parts one after another; compared in constant time. */
export function isHmac(
  given: string,
  [algorithm, encoding]: ['sha1' | 'sha256', 'hex' | 'base64'],
  key: string,
  ...parts: (string | Buffer)[]
): boolean {
  const hmac = createHmac(algorithm, key);
  for (const part of parts) hmac.update(part);
  return sameSecret(encoding === 'hex' ? given.toLowerCase() : given, hmac.digest(encoding));
}
