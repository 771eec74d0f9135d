import type { Outcome, OutboxRow } from '../store.ts';
import { integer, string, type Database } from './database.ts';

/** Rows of the coalescing lane ride along when a call leaves anyway; rows that wait for a retry do not. */
export const outgoing =
  (db: Database) =>
  (now: number, limit: number): OutboxRow[] => {
    if (db.get('SELECT 1 FROM outbox WHERE failed IS NULL AND due <= ? LIMIT 1', now) === undefined) return [];
    const waiting = 'SELECT * FROM outbox WHERE failed IS NULL AND (due <= ? OR attempts = 0)';
    return db.all(`${waiting} ORDER BY due, record, target LIMIT ?`, now, limit).map((row) => ({
      target: string(row['target']),
      object: string(row['object']),
      record: string(row['record']),
      payload: JSON.parse(string(row['payload'])) as Record<string, unknown>,
      version: integer(row['version'])!,
      attempts: integer(row['attempts'])!,
      ...(row['delivery'] !== null && {
        delivery: integer(row['delivery'])!,
        acceptedAt: integer(row['accepted_at'])!,
      }),
    }));
  };

export const acknowledge =
  (db: Database) =>
  (outcomes: readonly Outcome[]): void => {
    db.transaction(() => {
      for (const outcome of outcomes) apply(db, outcome);
    });
  };

/** A row that has changed since it was taken has another version, and none of these touches it. */
function apply(db: Database, outcome: Outcome): void {
  const { target, version } = outcome;
  switch (outcome.kind) {
    case 'sent':
      db.run('DELETE FROM outbox WHERE target = ? AND version = ?', target, version);
      break;
    case 'retry':
      db.run(
        'UPDATE outbox SET attempts = attempts + 1, due = ? WHERE target = ? AND version = ?',
        outcome.at,
        target,
        version,
      );
      break;
    case 'set aside':
      db.run('UPDATE outbox SET failed = ? WHERE target = ? AND version = ?', outcome.reason, target, version);
      break;
  }
}

export const retrySetAside =
  (db: Database) =>
  (now: number): number =>
    db.run('UPDATE outbox SET failed = NULL, attempts = 0, due = ? WHERE failed IS NOT NULL', now);
