import type { Counts, DeadLetter } from '../store.ts';
import type { Database } from './database.ts';
import { deliveryColumns, fromRow } from './delivery.ts';

export const nextDue = (db: Database) => async (): Promise<{ binding?: number; record?: number; outbox?: number }> => {
  const [row] = await db.all(
    `SELECT (SELECT min(bind_due) FROM person WHERE bind_due IS NOT NULL) AS binding,
            (SELECT min(due) FROM record WHERE due IS NOT NULL) AS record,
            (SELECT min(greatest(due, taken_until)) FROM outbox WHERE failed IS NULL) AS outbox`,
  );
  return Object.fromEntries(Object.entries(row ?? {}).filter(([, at]) => at !== null));
};

export const counts = (db: Database) => async (): Promise<Counts> => {
  const [row] = await db.all(
    `SELECT (SELECT count(*) FROM inbox) + (SELECT count(DISTINCT delivery) FROM arrival) AS inbox,
            (SELECT coalesce(sum(ledger), 0)::bigint FROM bucket) AS ledger,
            (SELECT count(*) FROM ledger WHERE sent_as IS NULL) AS unmatched,
            (SELECT count(*) FROM person) AS people,
            (SELECT count(*) FROM record) AS records,
            (SELECT count(*) FROM outbox WHERE failed IS NULL) AS outbox,
            (SELECT count(*) FROM outbox WHERE failed IS NOT NULL) AS "setAside",
            (SELECT count(*) FROM dead_letter) AS "deadLetters"`,
  );
  return row as unknown as Counts;
};

export const deadLetters =
  (db: Database) =>
  async (limit: number): Promise<DeadLetter[]> =>
    (await db.all('SELECT * FROM dead_letter ORDER BY seq LIMIT $1', limit)).map((row) => ({
      letter: row['seq'] as number,
      reason: row['reason'] as string,
      delivery: fromRow(row),
    }));

export const replay =
  (db: Database) =>
  (letters: readonly number[]): Promise<void> =>
    db.transaction(async (tx) => {
      await tx.run(
        `WITH replayed AS (DELETE FROM dead_letter WHERE seq = ANY($1) RETURNING *)
         INSERT INTO inbox (${deliveryColumns}) SELECT ${deliveryColumns} FROM replayed ORDER BY seq`,
        letters,
      );
    });
