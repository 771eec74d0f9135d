import type { Evaluation, NewOutboxRow } from '../store.ts';
import type { Database, Sql } from './database.ts';
import { unnest } from './unnest.ts';

export const save =
  (db: Database) =>
  (evaluations: readonly Evaluation[]): Promise<{ outdatedModels: boolean }> =>
    db.transaction(async (tx) => {
      const current = await withoutOvertaken(tx, evaluations);
      const outdated = await byOutdatedModels(tx, current);
      const saved = current.filter((evaluation) => !outdated.has(evaluation));
      await saveScores(tx, saved);
      await saveSent(tx, saved);
      await enqueue(tx, saved);
      await saveRecords(tx, saved);
      await tx.run(
        'UPDATE record SET due = 0 WHERE id = ANY($1)',
        [...outdated].map(({ record }) => record.id),
      );
      return { outdatedModels: outdated.size > 0 };
    });

/** Locks the records. One that is gone, or that was evaluated later, takes no more. */
async function withoutOvertaken(tx: Sql, evaluations: readonly Evaluation[]): Promise<Evaluation[]> {
  const records = await tx.all(
    'SELECT id, evaluated FROM record WHERE id = ANY($1) ORDER BY id FOR UPDATE',
    evaluations.map(({ record }) => record.id),
  );
  const evaluated = new Map(records.map((row) => [row['id'] as string, row['evaluated'] as number]));
  return evaluations.filter(({ record }) => (evaluated.get(record.id) ?? Infinity) <= record.version);
}

/** Models that are published anew meanwhile wait for this to be done, and put the records up after it. */
async function byOutdatedModels(tx: Sql, evaluations: readonly Evaluation[]): Promise<Set<Evaluation>> {
  const keys = new Set(evaluations.flatMap(({ scores }) => scores.map(({ model }) => model)));
  const models = await tx.all('SELECT key, fingerprint FROM model WHERE key = ANY($1) ORDER BY key FOR SHARE', [
    ...keys,
  ]);
  const noted = new Map(models.map(({ key, fingerprint }) => [key, fingerprint as string | null]));
  return new Set(
    evaluations.filter(({ scores }) =>
      scores.some(({ model, fingerprint }) => (noted.get(model) ?? fingerprint) !== fingerprint),
    ),
  );
}

async function saveScores(tx: Sql, evaluations: readonly Evaluation[]): Promise<void> {
  const scores = evaluations.flatMap(({ record, scores }) => scores.map((score) => ({ record: record.id, ...score })));
  const columns = 'record, model, rating, earned, changed_at, row';
  await tx.run(
    `INSERT INTO score (${columns}) SELECT ${columns}
     FROM ${unnest(['text', 'text', 'text', 'text', 'bigint', 'text'], columns)} ORDER BY record, model
     ON CONFLICT (record, model) DO UPDATE SET
       rating = excluded.rating, earned = excluded.earned, changed_at = excluded.changed_at, row = excluded.row`,
    scores.map(({ record }) => record),
    scores.map(({ model }) => model),
    scores.map(({ rating }) => rating),
    scores.map(({ earned }) => JSON.stringify(earned)),
    scores.map(({ changedAt }) => changedAt),
    scores.map(({ row }) => row),
  );
}

async function saveSent(tx: Sql, evaluations: readonly Evaluation[]): Promise<void> {
  const sent = evaluations.flatMap((evaluation) => evaluation.sent);
  await tx.run(
    `UPDATE ledger SET sent_as = given.sent_as FROM ${unnest(['text', 'text', 'text'], 'source, id, sent_as')}
     WHERE ledger.source = given.source AND ledger.id = given.id`,
    sent.map(({ source }) => source),
    sent.map(({ id }) => id),
    sent.map(({ sentAs }) => sentAs),
  );
}

/**
 * The newest state replaces one that has not left, and is tried anew even where the older one was set aside. What is
 * taken stays taken: the newer state leaves when the older one has been answered for.
 */
async function enqueue(tx: Sql, evaluations: readonly Evaluation[]): Promise<void> {
  const rows = new Map<string, NewOutboxRow & { due: number }>();
  for (const { outbox, leaveAt } of evaluations) {
    for (const row of outbox) {
      rows.set(row.target, { ...row, due: Math.min(leaveAt, rows.get(row.target)?.due ?? Infinity) });
    }
  }
  const all = [...rows.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
  const columns = 'target, object, record, payload, due, delivery, accepted_at';
  await tx.run(
    `INSERT INTO outbox (${columns}) SELECT ${columns}
     FROM ${unnest(['text', 'text', 'text', 'text', 'bigint', 'bigint', 'bigint'], columns)} ORDER BY n
     ON CONFLICT (target) DO UPDATE SET
       record = excluded.record, payload = excluded.payload, version = excluded.version, failed = NULL,
       due = CASE WHEN outbox.failed IS NULL AND outbox.attempts > 0 THEN outbox.due
                  ELSE least(outbox.due, excluded.due) END,
       attempts = CASE WHEN outbox.failed IS NULL THEN outbox.attempts ELSE 0 END,
       delivery = excluded.delivery, accepted_at = excluded.accepted_at`,
    all.map(({ target }) => target),
    all.map(({ object }) => object),
    all.map(({ record }) => record),
    all.map(({ payload }) => JSON.stringify(payload)),
    all.map(({ due }) => due),
    all.map(({ delivery = null }) => delivery),
    all.map(({ acceptedAt = null }) => acceptedAt),
  );
  await hasten(
    tx,
    evaluations.filter(({ outbox }) => outbox.length > 0),
  );
}

/** What belongs to a record leaves with whatever of it leaves first; rows that wait for a retry keep their own time. */
const hasten = (tx: Sql, evaluations: readonly Evaluation[]) =>
  tx.run(
    `UPDATE outbox SET due = leave_at
     FROM (SELECT target AS hastened, leave_at
           FROM ${unnest(['text', 'bigint'], 'of, leave_at')} JOIN outbox ON record = of
           WHERE due > leave_at AND attempts = 0 AND failed IS NULL ORDER BY target FOR UPDATE OF outbox) AS late
     WHERE target = hastened`,
    evaluations.map(({ record }) => record.id),
    evaluations.map(({ leaveAt }) => leaveAt),
  );

const saveRecords = (tx: Sql, evaluations: readonly Evaluation[]) =>
  tx.run(
    `UPDATE record SET fields = given.fields, evaluated = given.version,
       due = CASE WHEN record.version = given.version THEN next_change_at ELSE due END
     FROM ${unnest(['text', 'bigint', 'text', 'bigint'], 'id, version, fields, next_change_at')}
     WHERE record.id = given.id`,
    evaluations.map(({ record }) => record.id),
    evaluations.map(({ record }) => record.version),
    evaluations.map(({ fields }) => fields),
    evaluations.map(({ nextChangeAt }) => nextChangeAt),
  );
