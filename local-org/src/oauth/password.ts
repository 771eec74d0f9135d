import { createHash, timingSafeEqual } from 'node:crypto';
import type { Org, User } from '../org.ts';
import { usernames } from '../seed.ts';

/** The password of every user of a local org: it keeps out nobody, and says so. */
export const demoPassword = 'local-org-password';

/**
 * The active user with this name, if the password is right. A security token behind it is not asked for, nor taken. Nobody
 * is the Automated Process.
 */
export function passwordUser(org: Org, username: string, password: string): User | undefined {
  return same(password, demoPassword) && username !== usernames.automatedProcess ? org.user(username) : undefined;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares secrets in a time that does not tell how much of them is right. */
export const same = (a: string, b: string) => timingSafeEqual(digest(a), digest(b));
