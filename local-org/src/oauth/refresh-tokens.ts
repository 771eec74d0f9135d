import { createHash, randomBytes } from 'node:crypto';
import type { Org, User } from '../org.ts';
import type { ConnectedApp } from './connected-app.ts';

interface Grant {
  readonly userId: string;
  readonly appId: string;
}

const kind = 'refresh token';

/** The refresh tokens of an org. They outlive the process; the org's file holds only their hashes. */
export class RefreshTokens {
  readonly #org: Org;

  constructor(org: Org) {
    this.#org = org;
  }

  issue(user: User, app: ConnectedApp): string {
    const token = `5Aep861${randomBytes(40).toString('base64url')}`;
    this.#org.documents.put(kind, grantOf(token), { userId: user.id, appId: app.id } satisfies Grant);
    return token;
  }

  /** The active user that a token of this app was issued for. */
  find(token: string, app: ConnectedApp): User | undefined {
    const grant = this.#org.documents.get(kind, grantOf(token)) as Grant | undefined;
    return grant?.appId === app.id ? this.#org.user(grant.userId) : undefined;
  }

  end(token: string): boolean {
    const known = this.#org.documents.get(kind, grantOf(token)) !== undefined;
    this.#org.documents.delete(kind, grantOf(token));
    return known;
  }
}

/** What sessions remember of the refresh token that they come from. */
export const grantOf = (token: string) => createHash('sha256').update(token).digest('hex');
