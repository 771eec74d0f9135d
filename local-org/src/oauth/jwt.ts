import { verify } from 'node:crypto';
import type { ConnectedApp } from './connected-app.ts';
import { OAuthError } from './oauth-error.ts';

interface Claims {
  readonly iss?: unknown;
  readonly sub?: unknown;
  readonly aud?: unknown;
  readonly exp?: unknown;
}

const audiences = ['https://login.salesforce.com', 'https://test.salesforce.com'];

/**
 * The username that a signed assertion speaks for (RFC 7523). Salesforce accepts RS256 by the app's certificate, its own
 * login hosts or the org as audience, and an expiry at most five minutes ahead.
 */
export function assertedUsername(
  assertion: string,
  apps: readonly ConnectedApp[],
  instanceUrl: string,
  now: number,
): { app: ConnectedApp; username: string } {
  const [head = '', payload = '', signature = '', ...rest] = assertion.split('.');
  const header = decode(head) as { alg?: unknown };
  const claims = decode(payload) as Claims;
  if (rest.length > 0 || header.alg !== 'RS256') throw new OAuthError('invalid_grant', 'invalid assertion');

  const app = apps.find(({ id }) => id === claims.iss);
  if (!app) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  const signed = Buffer.from(`${head}.${payload}`);
  if (!app.publicKey || !verify('RSA-SHA256', signed, app.publicKey, Buffer.from(signature, 'base64url')))
    throw new OAuthError('invalid_grant', 'invalid assertion');
  if (![...audiences, instanceUrl].includes(String(claims.aud)))
    throw new OAuthError('invalid_grant', 'audience is invalid');

  const expires = Number(claims.exp) * 1000;
  if (!(expires > now)) throw new OAuthError('invalid_grant', 'expired authorization code');
  if (expires > now + 300_000)
    throw new OAuthError('invalid_grant', 'the assertion expires more than five minutes from now');
  return { app, username: String(claims.sub) };
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown;
  } catch {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
}
