import { RAREST } from '../intervals.ts';
import type { Found, Unbound } from '../store.ts';
import { integer, string, type Database } from './database.ts';
import { markRecords } from './touch.ts';

export const dueBindings =
  (db: Database) =>
  (now: number, limit: number): Unbound[] =>
    db
      .all('SELECT id, version FROM person WHERE bind_due <= ? ORDER BY bind_due LIMIT ?', now, limit)
      .map(({ id, version }) => {
        const person = integer(id)!;
        const keys = db.all('SELECT key FROM alias WHERE person = ?', person).map(({ key }) => string(key));
        const values = (kind: string) =>
          keys.filter((key) => key.startsWith(`${kind}:`)).map((key) => key.slice(kind.length + 1));
        return { person, version: integer(version)!, emails: values('email'), salesforceIds: values('salesforce') };
      });

export const bind =
  (db: Database, retryInterval: number) =>
  (found: readonly Found[], now: number): void => {
    db.transaction(() => {
      for (const { person, version, records } of found) {
        if (db.get('SELECT 1 FROM person WHERE id = ? AND version = ?', person, version) === undefined) continue;
        replaceBindings(db, person, records, now);
        db.run(
          `UPDATE person SET checked_at = ?2,
             bind_due = CASE WHEN ?3 THEN NULL ELSE ?2 + min(${RAREST}, ?4 * (1 << min(misses, 12))) END,
             misses = CASE WHEN ?3 THEN 0 ELSE misses + 1 END
           WHERE id = ?1`,
          person,
          now,
          records.length > 0 ? 1 : 0,
          retryInterval,
        );
      }
    });
  };

/** Records that the person has lost and those that are new are evaluated: both have other engagements now. */
function replaceBindings(db: Database, person: number, records: Found['records'], now: number): void {
  const before = db.all('SELECT record FROM binding WHERE person = ?', person).map(({ record }) => string(record));
  const after = new Set(records.map(({ id }) => id));
  for (const { id, object } of records) {
    db.run('INSERT INTO record (id, object) VALUES (?, ?) ON CONFLICT DO NOTHING', id, object);
  }
  const lost = before.filter((id) => !after.has(id));
  const gained = [...after].filter((id) => !before.includes(id));
  for (const id of lost) db.run('DELETE FROM binding WHERE person = ? AND record = ?', person, id);
  for (const id of gained) db.run('INSERT INTO binding (person, record) VALUES (?, ?)', person, id);
  if (lost.length + gained.length === 0) return;
  for (const id of [...lost, ...after]) markRecords(db, '?2', id, now);
}
