import type { Org, User } from '../org.ts';
import { UploadError } from './csv.ts';

/** What every bulk job works with: its org, and whether the server is about to end. */
export interface Shelf {
  readonly org: Org;
  readonly stopped: () => boolean;
}

/** Who a job runs as: the user that opened it, unless deactivated meanwhile. */
export function runner({ org }: Shelf, userId: string): User {
  const user = org.user(userId);
  if (!user) throw new UploadError(`InvalidUser : ${userId} is no longer active`);
  return user;
}

/** The org with what the job's user sees of it. */
export const seen = (shelf: Shelf, userId: string): Org => shelf.org.as(runner(shelf, userId));
