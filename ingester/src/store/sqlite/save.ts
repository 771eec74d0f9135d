import type { Evaluation, NewOutboxRow } from '../store.ts';
import type { Database } from './database.ts';

export const save =
  (db: Database) =>
  (evaluations: readonly Evaluation[]): { outdatedModels: boolean } =>
    db.transaction(() => {
      const isOutdated = ({ scores }: Evaluation) => scores.some((score) => isChanged(db, score));
      const outdated = evaluations.filter(isOutdated);
      for (const evaluation of evaluations) if (!outdated.includes(evaluation)) saveOne(db, evaluation);
      return { outdatedModels: outdated.length > 0 };
    });

const isChanged = (db: Database, { model, fingerprint }: Evaluation['scores'][number]): boolean => {
  const noted = db.get('SELECT fingerprint FROM model WHERE key = ?', model)?.['fingerprint'] ?? null;
  return noted !== null && noted !== fingerprint;
};

function saveOne(db: Database, { record, scores, fields, sent, outbox, leaveAt, nextChangeAt }: Evaluation): void {
  const { id, version } = record;
  const fence = 'UPDATE record SET fields = ?1, evaluated = ?2 WHERE id = ?3 AND evaluated <= ?2';
  if (db.run(fence, fields, version, id) === 0) return;
  for (const { model, rating, earned, changedAt, row } of scores) {
    db.run(
      'INSERT OR REPLACE INTO score (record, model, rating, earned, changed_at, row) VALUES (?, ?, ?, ?, ?, ?)',
      ...[id, model, rating, JSON.stringify(earned), changedAt, row],
    );
  }
  for (const { source, id, sentAs } of sent) {
    db.run('UPDATE ledger SET sent_as = ? WHERE source = ? AND id = ?', sentAs, source, id);
  }
  for (const row of outbox) enqueue(db, row, leaveAt);
  if (outbox.length > 0) hasten(db, id, leaveAt);
  db.run('UPDATE record SET due = ? WHERE id = ? AND version = ?', nextChangeAt, id, version);
}

/** The newest state replaces one that has not left, and is tried anew even where the older one was set aside. */
const enqueue = (db: Database, row: NewOutboxRow, due: number) =>
  db.run(
    `INSERT INTO outbox (target, object, record, payload, version, due, delivery, accepted_at)
     VALUES (?, ?, ?, ?, 1, ?, ?, ?)
     ON CONFLICT (target) DO UPDATE SET
       record = excluded.record, payload = excluded.payload, version = version + 1, failed = NULL,
       due = CASE WHEN failed IS NULL AND attempts > 0 THEN due ELSE min(due, excluded.due) END,
       attempts = CASE WHEN failed IS NULL THEN attempts ELSE 0 END,
       delivery = excluded.delivery, accepted_at = excluded.accepted_at`,
    ...[
      row.target,
      row.object,
      row.record,
      JSON.stringify(row.payload),
      due,
      row.delivery ?? null,
      row.acceptedAt ?? null,
    ],
  );

/** What belongs to a record leaves with whatever of it leaves first; rows that wait for a retry keep their own time. */
const hasten = (db: Database, record: string, due: number) =>
  db.run(
    'UPDATE outbox SET due = ? WHERE record = ? AND due > ? AND attempts = 0 AND failed IS NULL',
    due,
    record,
    due,
  );
