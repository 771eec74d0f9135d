import { createHash, randomBytes } from 'node:crypto';
import type { User } from '../org.ts';
import type { ConnectedApp } from './connected-app.ts';
import { OAuthError } from './oauth-error.ts';
import { same } from './password.ts';

interface Authorization {
  readonly appId: string;
  readonly user: User;
  readonly redirectUri: string;
  /** The code challenge of PKCE (RFC 7636), S256. */
  readonly challenge: string | undefined;
  readonly expires: number;
}

/** Salesforce's authorization codes live for 15 minutes. */
const lifetime = 15 * 60_000;

/** The authorization codes of the web server flow: each can be redeemed once. */
export class Codes {
  readonly #clock: () => number;
  readonly #codes = new Map<string, Authorization>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  issue(app: ConnectedApp, user: User, redirectUri: string, challenge: string | undefined): string {
    const code = `aPrx${randomBytes(32).toString('base64url')}`;
    this.#codes.set(code, { appId: app.id, user, redirectUri, challenge, expires: this.#clock() + lifetime });
    return code;
  }

  /** The user who allowed the app to act. */
  redeem(app: ConnectedApp, code: string, redirectUri: string, verifier: string | undefined): User {
    const found = this.#codes.get(code);
    this.#codes.delete(code);
    if (found?.appId !== app.id) throw new OAuthError('invalid_grant', 'invalid authorization code');
    if (found.expires <= this.#clock()) throw new OAuthError('invalid_grant', 'expired authorization code');
    if (found.redirectUri !== redirectUri)
      throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
    if (found.challenge !== undefined && !same(challengeOf(verifier ?? ''), found.challenge))
      throw new OAuthError('invalid_grant', 'invalid code verifier');
    return found.user;
  }
}

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');
