import type { Taken } from '../store.ts';
import type { Database } from './database.ts';
import { letGo } from './outbox.ts';
import { unnest } from './unnest.ts';

/** What has changed since it was taken is somebody else's, or due by itself. */
export const release =
  (db: Database) =>
  ({ people = [], records = [], rows = [] }: Taken, now: number): Promise<void> =>
    db.transaction(async (tx) => {
      await tx.run(
        `UPDATE person SET bind_due = $3 FROM ${unnest(['bigint', 'bigint'], 'id, version')}
         WHERE person.id = given.id AND person.version = given.version`,
        people.map(({ person }) => person),
        people.map(({ version }) => version),
        now,
      );
      await tx.run(
        `UPDATE record SET due = $3 FROM ${unnest(['text', 'bigint'], 'id, version')}
         WHERE record.id = given.id AND record.version = given.version AND record.evaluated < record.version`,
        records.map(({ id }) => id),
        records.map(({ version }) => version),
        now,
      );
      await letGo(tx, rows);
    });
