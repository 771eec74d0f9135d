import type { Counts, DeadLetter } from '../store.ts';
import { integer, string, type Database } from './database.ts';
import { deliveryColumns, fromRow } from './delivery.ts';

export const nextDue = (db: Database) => (): { binding?: number; record?: number; outbox?: number } => {
  const earliest = (sql: string) => integer(db.get(sql)?.['at']);
  const binding = earliest('SELECT min(bind_due) AS at FROM person WHERE bind_due IS NOT NULL');
  const record = earliest('SELECT min(due) AS at FROM record WHERE due IS NOT NULL');
  const outbox = earliest('SELECT min(due) AS at FROM outbox WHERE failed IS NULL');
  return {
    ...(binding !== undefined && { binding }),
    ...(record !== undefined && { record }),
    ...(outbox !== undefined && { outbox }),
  };
};

export const counts = (db: Database) => (): Counts => {
  const count = (from: string) => integer(db.get(`SELECT count(*) AS n FROM ${from}`)?.['n'])!;
  return {
    inbox: count('inbox'),
    // Ledger rows are never deleted.
    ledger: integer(db.get('SELECT max(rowid) AS n FROM ledger')?.['n']) ?? 0,
    unmatched: count('ledger WHERE sent_as IS NULL'),
    people: count('person'),
    records: count('record'),
    outbox: count('outbox WHERE failed IS NULL'),
    setAside: count('outbox WHERE failed IS NOT NULL'),
    deadLetters: count('dead_letter'),
  };
};

export const deadLetters =
  (db: Database) =>
  (limit: number): DeadLetter[] =>
    db
      .all('SELECT * FROM dead_letter ORDER BY seq LIMIT ?', limit)
      .map((row) => ({ letter: integer(row['seq'])!, reason: string(row['reason']), delivery: fromRow(row) }));

export const replay =
  (db: Database) =>
  (letters: readonly number[]): void => {
    db.transaction(() => {
      for (const letter of letters) {
        db.run(
          `INSERT INTO inbox (${deliveryColumns}) SELECT ${deliveryColumns} FROM dead_letter WHERE seq = ?`,
          letter,
        );
        db.run('DELETE FROM dead_letter WHERE seq = ?', letter);
      }
    });
  };
