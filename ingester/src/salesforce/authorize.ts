import { createSign } from 'node:crypto';
import type { Connection } from 'jsforce';

/** How the ingester logs in: an app of its own (client credentials), or as a named user (JWT bearer). */
export type Credentials =
  | { kind: 'client credentials'; clientId: string; clientSecret: string }
  | { kind: 'JWT bearer'; clientId: string; username: string; privateKey: string };

/** Gets an access token for the connection. Neither flow has a refresh token; one logs in again instead. */
export async function authorize(connection: Connection, credentials: Credentials, now: number): Promise<void> {
  await connection.authorize(
    credentials.kind === 'client credentials'
      ? {
          grant_type: 'client_credentials',
          client_id: credentials.clientId,
          client_secret: credentials.clientSecret,
        }
      : {
          grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
          assertion: assertion(credentials, connection.loginUrl, now),
        },
  );
}

const LIFETIME_SECONDS = 180;

function assertion(
  { clientId, username, privateKey }: Extract<Credentials, { kind: 'JWT bearer' }>,
  audience: string,
  now: number,
): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: clientId, sub: username, aud: audience, exp: Math.floor(now / 1000) + LIFETIME_SECONDS };
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(privateKey, 'base64url')}`;
}
