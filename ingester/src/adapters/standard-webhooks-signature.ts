import { Webhook } from 'standardwebhooks';
import type { RawRequest, Settings, Verdict } from './adapter.ts';
import { sameSecret } from './secret.ts';
import { MINUTE, verifySignature } from './signature.ts';

/**
 * The check of Standard Webhooks, under its own header names or Svix's. There may be several signatures, of which one
 * must fit. The library signs; the window is checked against the given instant, as the library would ask the clock.
 */
export function verifyStandardWebhook({ headers, body }: RawRequest, settings: Settings, now: number): Verdict {
  const prefix = 'webhook-id' in headers ? 'webhook' : 'svix';
  const id = headers[`${prefix}-id`];
  const signedAt = Number(headers[`${prefix}-timestamp`]) * 1000;
  const signature = id && headers[`${prefix}-signature`];
  return verifySignature(settings, now, {
    name: 'webhook-signature',
    signature,
    key: settings.secret,
    signedAt,
    window: 5 * MINUTE,
    matches: (signatures, secret) => {
      const expected = sign(secret, id ?? '', signedAt, body);
      return expected !== undefined && signatures.split(' ').some((signature) => sameSecret(signature, expected));
    },
  });
}

/** Undefined if the secret is none: the library wants base64. */
function sign(secret: string, id: string, signedAt: number, body: Buffer): string | undefined {
  try {
    return new Webhook(secret).sign(id, new Date(signedAt), body);
  } catch {
    return undefined;
  }
}

/** A secret that is none would refuse every request. */
export const problemOfSecret = ({ secret }: Settings): string | undefined =>
  secret === undefined || sign(secret, 'id', 0, Buffer.alloc(0)) !== undefined
    ? undefined
    : 'its secret is none of Standard Webhooks; copy it as the source shows it, "whsec_" and base64 after that';
