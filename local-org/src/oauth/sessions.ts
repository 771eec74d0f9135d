import { randomBytes } from 'node:crypto';
import { ApiError } from '../errors.ts';
import type { Org, User } from '../org.ts';

interface Credentials {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
}

/** The sessions of an org, by token. They end with the process, when revoked, or when their user is no longer active. */
export class Sessions {
  readonly #org: Org;
  readonly #sessions = new Map<string, { readonly userId: string; readonly grant: string | undefined }>();

  constructor(org: Org) {
    this.#org = org;
  }

  /** A token in Salesforce's shape, `00D...!...`. `grant` is of the refresh token that the session comes from. */
  start(user: User, grant?: string): string {
    const token = `${this.#org.id.slice(0, 15)}!AQ${randomBytes(48).toString('hex')}`;
    this.#sessions.set(token, { userId: user.id, grant });
    return token;
  }

  end(token: string): boolean {
    return this.#sessions.delete(token);
  }

  /** Ends the sessions that come from a refresh token. */
  endGrant(grant: string): void {
    for (const [token, session] of this.#sessions) if (session.grant === grant) this.#sessions.delete(token);
  }

  find(token: string): User | undefined {
    const session = this.#sessions.get(token);
    return session && this.#org.user(session.userId);
  }

  /** Who sends these headers, if anybody. */
  identify({ headers }: { readonly headers: Credentials }): User | undefined {
    return this.find(tokenOf(headers) ?? '');
  }

  /** Who sends these headers: `Authorization: Bearer` (or `OAuth`), or the cookie `sid` of a browser session. */
  user(request: { readonly headers: Credentials }): User {
    const user = this.identify(request);
    if (!user) throw new ApiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    return user;
  }
}

/** The token that a request brings, if any. */
export function tokenOf({ authorization = '', cookie: cookies = '' }: Credentials): string | undefined {
  const bearer = /^(?:Bearer|OAuth) (.+)$/i.exec(authorization);
  if (bearer) return bearer[1];
  const cookie = /(?:^|;\s*)sid=([^;]+)/.exec(cookies);
  return cookie ? decodeURIComponent(cookie[1]!) : undefined;
}
