import type { SQLOutputValue } from 'node:sqlite';
import type { Engagement } from '../../engagement/engagement.ts';
import type { Dossier, DueRecord, LedgerEntry, NotedModel, Score } from '../store.ts';
import { integer, string, type Database } from './database.ts';
import { markRecords } from './touch.ts';

export const dueRecords =
  (db: Database) =>
  (now: number, limit: number): DueRecord[] =>
    db
      .all('SELECT id, object, version FROM record WHERE due <= ? ORDER BY due LIMIT ?', now, limit)
      .map(({ id, object, version }) => ({ id: string(id), object: string(object), version: integer(version)! }));

export const dossiers =
  (db: Database) =>
  (records: readonly string[]): Map<string, Dossier> =>
    new Map(records.map((record) => [record, dossier(db, record)]));

const dossier = (db: Database, record: string): Dossier => ({
  engagements: engagementsOf(db, record),
  scores: new Map(
    db.all('SELECT * FROM score WHERE record = ?', record).map((row) => [string(row['model']), scoreOf(row)]),
  ),
  fields: (db.get('SELECT fields FROM record WHERE id = ?', record)?.['fields'] ?? null) as string | null,
});

/** What all people of the record did, in the order in which it happened. */
function engagementsOf(db: Database, record: string): LedgerEntry[] {
  const recordsOf = new Map(
    db
      .all('SELECT person FROM binding WHERE record = ?', record)
      .map(({ person }) => [person, recordsOfPerson(db, person!)]),
  );
  return db
    .all(
      `SELECT ledger.* FROM binding JOIN ledger ON ledger.person = binding.person
       WHERE binding.record = ? ORDER BY occurred_at, ledger.id`,
      record,
    )
    .map((row) => ({
      engagement: JSON.parse(string(row['engagement'])) as Engagement,
      delivery: integer(row['delivery'])!,
      acceptedAt: integer(row['accepted_at'])!,
      records: recordsOf.get(row['person'])!,
      sentAs: row['sent_as'] as string | null,
    }));
}

const recordsOfPerson = (db: Database, person: SQLOutputValue): LedgerEntry['records'] =>
  db
    .all('SELECT id, object FROM binding JOIN record ON id = record WHERE person = ? ORDER BY id', person)
    .map(({ id, object }) => ({ id: string(id), object: string(object) }));

const scoreOf = (row: ReturnType<Database['all']>[number]): Score => ({
  rating: row['rating'] as string | null,
  earned: JSON.parse(string(row['earned'])) as Record<string, string>,
  changedAt: integer(row['changed_at'])!,
  row: string(row['row']),
});

export const forget =
  (db: Database) =>
  (records: readonly string[], now: number): void => {
    db.transaction(() => {
      for (const id of records) {
        db.run(
          `UPDATE person SET bind_due = ?1, checked_at = NULL, version = version + 1
           WHERE id IN (SELECT person FROM binding WHERE record = ?2)`,
          now,
          id,
        );
        for (const table of ['binding', 'score', 'outbox']) db.run(`DELETE FROM ${table} WHERE record = ?`, id);
        db.run('DELETE FROM record WHERE id = ?', id);
      }
    });
  };

export const noteModels =
  (db: Database) =>
  (models: readonly NotedModel[], now: number): void => {
    db.transaction(() => {
      for (const { key, object, fingerprint } of models) {
        const known = db.get('SELECT fingerprint FROM model WHERE key = ?', key)?.['fingerprint'];
        if (fingerprint !== null && fingerprint === known) continue;
        db.run('INSERT OR REPLACE INTO model (key, object, fingerprint) VALUES (?, ?, ?)', key, object, fingerprint);
        if (fingerprint !== null) markRecords(db, 'SELECT id FROM record WHERE object = ?2', object, now);
      }
    });
  };
