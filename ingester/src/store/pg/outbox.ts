import type { Outcome, OutboxRow } from '../store.ts';
import type { Database, Row, Sql } from './database.ts';
import { unnest } from './unnest.ts';

/** The database's clock, in epoch milliseconds: by it all workers see the same rows as taken. */
const clock = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
const isFree = `(taken_until IS NULL OR taken_until <= ${clock})`;

/**
 * Takes rows, so that no other worker sends them or a newer state of them meanwhile; rows of records of which something is
 * taken wait with it. Rows of the coalescing lane ride along when a call leaves anyway; rows that wait for a retry do not.
 */
export const outgoing =
  (db: Database, hold: number) =>
  async (now: number, limit: number): Promise<OutboxRow[]> => {
    const due = await db.all(`SELECT 1 FROM outbox WHERE failed IS NULL AND due <= $1 AND ${isFree} LIMIT 1`, now);
    if (due.length === 0) return [];
    const rows = await db.all(
      `UPDATE outbox SET version = next, taken = next, taken_until = ${clock} + $3
       FROM (SELECT target AS leaving, nextval('outbox_version') AS next FROM (
         SELECT target FROM outbox
         WHERE failed IS NULL AND (due <= $1 OR attempts = 0) AND ${isFree}
           AND NOT EXISTS (SELECT 1 FROM outbox same WHERE same.record = outbox.record AND same.taken_until > ${clock})
         ORDER BY due, record, target LIMIT $2 FOR UPDATE SKIP LOCKED) AS free) AS numbered
       WHERE target = leaving RETURNING outbox.*`,
      ...[now, limit, hold],
    );
    return rows.sort(inOrder).map((row) => ({
      target: row['target'] as string,
      object: row['object'] as string,
      record: row['record'] as string,
      payload: JSON.parse(row['payload'] as string) as Record<string, unknown>,
      version: row['version'] as number,
      attempts: row['attempts'] as number,
      ...(row['delivery'] !== null && {
        delivery: row['delivery'] as number,
        acceptedAt: row['accepted_at'] as number,
      }),
    }));
  };

function inOrder(a: Row, b: Row): number {
  for (const column of ['due', 'record', 'target']) {
    const [left, right] = [a[column] as string | number, b[column] as string | number];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

export const acknowledge =
  (db: Database) =>
  (outcomes: readonly Outcome[]): Promise<void> =>
    db.transaction(async (tx) => {
      const rows = await tx.all(
        'SELECT target, version, taken FROM outbox WHERE target = ANY($1) ORDER BY target FOR UPDATE',
        outcomes.map(({ target }) => target),
      );
      const known = new Map(rows.map((row) => [row['target'] as string, row]));
      const isOurs = ({ target, version }: Outcome) => known.get(target)?.['taken'] === version;
      const ours = outcomes.filter(isOurs);
      const current = ours.filter(({ target, version }) => known.get(target)?.['version'] === version);
      const sent = current.filter(({ kind }) => kind === 'sent');
      await tx.run('DELETE FROM outbox WHERE target = ANY($1)', targetsOf(sent));
      const again = current.filter((each) => each.kind === 'retry');
      await tx.run(
        `UPDATE outbox SET attempts = attempts + 1, due = again
         FROM ${unnest(['text', 'bigint'], 'failing, again')} WHERE target = failing`,
        targetsOf(again),
        again.map(({ at }) => at),
      );
      const aside = current.filter((each) => each.kind === 'set aside');
      await tx.run(
        `UPDATE outbox SET failed = reason FROM ${unnest(['text', 'text'], 'refused, reason')} WHERE target = refused`,
        targetsOf(aside),
        aside.map(({ reason }) => reason),
      );
      await letGo(tx, ours);
      await sendAgain(
        tx,
        outcomes.filter((outcome) => outcome.kind === 'sent' && !isOurs(outcome)),
      );
    });

const targetsOf = (rows: readonly { target: string }[]) => rows.map(({ target }) => target);

/** Lets others take the rows that this worker still has. */
export const letGo = (tx: Sql, rows: readonly { target: string; version: number }[]): Promise<number> =>
  tx.run(
    `UPDATE outbox SET taken = NULL, taken_until = NULL
     FROM ${unnest(['text', 'bigint'], 'held, by')} WHERE target = held AND taken = by`,
    targetsOf(rows),
    rows.map(({ version }) => version),
  );

/**
 * A worker that was stopped for so long that others took over its rows may have sent an older state after their newer
 * one. What Salesforce holds of these records is not known any more: it is written again. The blanks make what was sent
 * last differ from what will be.
 */
async function sendAgain(tx: Sql, rows: readonly { record: string }[]): Promise<void> {
  if (rows.length === 0) return;
  const records = [...new Set(rows.map(({ record }) => record))];
  await tx.run(
    `UPDATE record SET due = 0, version = version + 1, fields = fields || ' '
     FROM (SELECT id AS unknown FROM record WHERE id = ANY($1) ORDER BY id FOR UPDATE) AS locked WHERE id = unknown`,
    records,
  );
  await tx.run(`UPDATE score SET row = row || ' ' WHERE record = ANY($1)`, records);
  await tx.run(
    `UPDATE ledger SET sent_as = sent_as || ' '
     WHERE person IN (SELECT person FROM binding WHERE record = ANY($1))`,
    records,
  );
}

export const retrySetAside =
  (db: Database) =>
  (now: number): Promise<number> =>
    db.run('UPDATE outbox SET failed = NULL, attempts = 0, due = $1 WHERE failed IS NOT NULL', now);
