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
  readonly #userIds = new Map<string, string>();

  constructor(org: Org) {
    this.#org = org;
  }

  /** A token in Salesforce's shape, `00D...!...`. */
  start(user: User): string {
    const token = `${this.#org.id.slice(0, 15)}!AQ${randomBytes(48).toString('hex')}`;
    this.#userIds.set(token, user.id);
    return token;
  }

  end(token: string): boolean {
    return this.#userIds.delete(token);
  }

  find(token: string): User | undefined {
    const id = this.#userIds.get(token);
    return id === undefined ? undefined : this.#org.user(id);
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
