import type { Engagement } from '../../engagement/engagement.ts';
import type { Dossier, DueRecord, LedgerEntry, NotedModel, Score } from '../store.ts';
import type { Database, Row } from './database.ts';
import { markRecords } from './touch.ts';

/** A record that is taken has a version of its own, and is due again when `hold` is over, if nobody answers by then. */
export const dueRecords =
  (db: Database, hold: number) =>
  async (now: number, limit: number): Promise<DueRecord[]> =>
    (
      await db.all(
        `UPDATE record SET due = $2, version = version + 1
         FROM (SELECT id AS taken FROM record WHERE due <= $1 ORDER BY due LIMIT $3 FOR UPDATE SKIP LOCKED) AS due
         WHERE id = taken RETURNING id, object, version`,
        ...[now, now + hold, limit],
      )
    ).map(({ id, object, version }) => ({ id: id as string, object: object as string, version: version as number }));

/** What changes between these statements puts the record up again. */
export const dossiers =
  (db: Database) =>
  async (records: readonly string[]): Promise<Map<string, Dossier>> => {
    const [known, scores, bindings, entries] = await Promise.all([
      db.all('SELECT id, fields FROM record WHERE id = ANY($1)', records),
      db.all('SELECT * FROM score WHERE record = ANY($1)', records),
      db.all(
        `SELECT own.record AS of, own.person, other.record AS id, object
         FROM binding own JOIN binding other ON other.person = own.person JOIN record ON record.id = other.record
         WHERE own.record = ANY($1) ORDER BY other.record`,
        records,
      ),
      db.all(
        `SELECT record AS of, ledger.* FROM binding JOIN ledger ON ledger.person = binding.person
         WHERE record = ANY($1) ORDER BY occurred_at, ledger.id`,
        records,
      ),
    ]);
    const fields = new Map(known.map((row) => [row['id'], row['fields'] as string | null]));
    const scoresOf = Map.groupBy(scores, ({ record }) => record);
    const entriesOf = Map.groupBy(entries, ({ of }) => of);
    const recordsOf = Map.groupBy(bindings, ({ of, person }) => `${of as string} ${person as number}`);
    return new Map(
      records.map((record) => [
        record,
        {
          engagements: (entriesOf.get(record) ?? []).map((row) =>
            entryOf(row, recordsOf.get(`${record} ${row['person'] as number}`) ?? []),
          ),
          scores: new Map((scoresOf.get(record) ?? []).map((row) => [row['model'] as string, scoreOf(row)])),
          fields: fields.get(record) ?? null,
        },
      ]),
    );
  };

const entryOf = (row: Row, records: readonly Row[]): LedgerEntry => ({
  engagement: JSON.parse(row['engagement'] as string) as Engagement,
  delivery: row['delivery'] as number,
  acceptedAt: row['accepted_at'] as number,
  records: records.map(({ id, object }) => ({ id: id as string, object: object as string })),
  sentAs: row['sent_as'] as string | null,
});

const scoreOf = (row: Row): Score => ({
  rating: row['rating'] as string | null,
  earned: JSON.parse(row['earned'] as string) as Record<string, string>,
  changedAt: row['changed_at'] as number,
  row: row['row'] as string,
});

export const forget =
  (db: Database) =>
  (records: readonly string[], now: number): Promise<void> =>
    db.transaction(async (tx) => {
      await tx.all('SELECT id FROM record WHERE id = ANY($1) ORDER BY id FOR UPDATE', records);
      await tx.run(
        `UPDATE person SET bind_due = $1, checked_at = NULL, version = version + 1
         WHERE id IN (SELECT person FROM binding WHERE record = ANY($2))`,
        now,
        records,
      );
      for (const table of ['binding', 'score', 'outbox']) {
        await tx.run(`DELETE FROM ${table} WHERE record = ANY($1)`, records);
      }
      await tx.run('DELETE FROM record WHERE id = ANY($1)', records);
    });

export const noteModels =
  (db: Database) =>
  (models: readonly NotedModel[], now: number): Promise<void> =>
    db.transaction(async (tx) => {
      for (const { key, object, fingerprint } of models) {
        const changed = await tx.run(
          `INSERT INTO model (key, object, fingerprint) VALUES ($1, $2, $3)
           ON CONFLICT (key) DO UPDATE SET object = excluded.object, fingerprint = excluded.fingerprint
           WHERE model.fingerprint IS DISTINCT FROM excluded.fingerprint OR excluded.fingerprint IS NULL`,
          ...[key, object, fingerprint],
        );
        if (changed > 0 && fingerprint !== null)
          await markRecords(tx, 'SELECT id FROM record WHERE object = $2', object, now);
      }
    });
