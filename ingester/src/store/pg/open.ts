import type { Store } from '../store.ts';
import { appender } from './append.ts';
import { bind, dueBindings } from './bind.ts';
import { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { acknowledge, outgoing, retrySetAside } from './outbox.ts';
import { dossiers, dueRecords, forget, noteModels } from './records.ts';
import { release } from './release.ts';
import { save } from './save.ts';
import { settle } from './settle.ts';
import { counts, deadLetters, nextDue, replay } from './watch.ts';

export interface PgOptions {
  /** Such as `postgres://user:password@host/database?sslmode=verify-full`. */
  url: string;
  /** The schema of our tables; made where it is missing. */
  schema?: string;
  /** How many deliveries the inbox may hold before senders are asked to come back. */
  highWaterMark: number;
  /** How long until somebody who was not found in Salesforce is looked for again, in milliseconds. */
  retryUnmatched: number;
  /** How long what a worker has taken is given to no other, in milliseconds: longer than a call to Salesforce may take. */
  hold: number;
  clock: () => number;
  /** 0..1 */
  random: () => number;
}

export const SCHEMA = 'scoreline';

/** How often a worker looks for work that another has put up, in milliseconds. */
const LOOK_EVERY = 500;

/** Opens the store that several workers on several hosts share. Throws if the database cannot be reached or written. */
export async function openPgStore(options: PgOptions): Promise<Store> {
  const { url, schema = SCHEMA, highWaterMark, retryUnmatched, hold, clock, random } = options;
  const db = new Database({ url, schema, clock, random });
  try {
    await migrate(db, schema);
  } catch (error) {
    await db.close();
    throw error;
  }
  return {
    lookEvery: LOOK_EVERY,
    append: appender(db, highWaterMark, clock),
    settle: settle(db),
    dueBindings: dueBindings(db, hold),
    bind: bind(db, retryUnmatched),
    dueRecords: dueRecords(db, hold),
    dossiers: dossiers(db),
    save: save(db),
    forget: forget(db),
    noteModels: noteModels(db),
    outgoing: outgoing(db, hold),
    acknowledge: acknowledge(db),
    retrySetAside: retrySetAside(db),
    release: release(db),
    nextDue: nextDue(db),
    counts: counts(db),
    deadLetters: deadLetters(db),
    replay: replay(db),
    close: () => db.close(),
  };
}
