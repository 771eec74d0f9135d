import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../store.ts';
import { appender } from './append.ts';
import { bind, dueBindings } from './bind.ts';
import { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { acknowledge, outgoing, retrySetAside } from './outbox.ts';
import { dossiers, dueRecords, forget, noteModels } from './records.ts';
import { save } from './save.ts';
import { settle } from './settle.ts';
import { counts, deadLetters, nextDue, replay } from './watch.ts';

export interface SqliteOptions {
  /** Folder of the database; made where it is missing. `:memory:` keeps nothing. */
  folder: string;
  /** How many deliveries the inbox may hold before senders are asked to come back. */
  highWaterMark: number;
  /** How long until somebody who was not found in Salesforce is looked for again, in milliseconds. */
  retryUnmatched: number;
}

/** Opens the embedded store. Throws if the folder cannot be written. */
export function openSqliteStore({ folder, highWaterMark, retryUnmatched }: SqliteOptions): Store {
  if (folder !== ':memory:') mkdirSync(folder, { recursive: true });
  const db = new Database(folder === ':memory:' ? folder : join(folder, 'ingester.db'));
  migrate(db);
  return {
    lookEvery: Infinity,
    append: appender(db, highWaterMark),
    settle: promised(settle(db)),
    dueBindings: promised(dueBindings(db)),
    bind: promised(bind(db, retryUnmatched)),
    dueRecords: promised(dueRecords(db)),
    dossiers: promised(dossiers(db)),
    save: promised(save(db)),
    forget: promised(forget(db)),
    noteModels: promised(noteModels(db)),
    outgoing: promised(outgoing(db)),
    acknowledge: promised(acknowledge(db)),
    retrySetAside: promised(retrySetAside(db)),
    // One worker at a time: nothing has to be taken from the others.
    release: () => Promise.resolve(),
    nextDue: promised(nextDue(db)),
    counts: promised(counts(db)),
    deadLetters: promised(deadLetters(db)),
    replay: promised(replay(db)),
    close: promised(() => {
      db.close();
    }),
  };
}

/** node:sqlite answers at once; the interface promises, so that a store over the network can keep it too. */
const promised =
  <A extends unknown[], R>(operation: (...args: A) => R) =>
  (...args: A): Promise<R> =>
    new Promise((resolve) => {
      resolve(operation(...args));
    });
