import type { People } from '../identify.ts';
import { integer, string, type Database } from './database.ts';

/** The people of the store, read and written at once. */
export const peopleIn = (db: Database): People => ({
  personOf: (key) => integer(db.get('SELECT person FROM alias WHERE key = ?', key)?.['person']),
  keysOf: (person) => db.all('SELECT key FROM alias WHERE person = ?', person).map(({ key }) => string(key)),
  create: () => integer(db.get('INSERT INTO person (version) VALUES (0) RETURNING id')?.['id'])!,
  give: (key, person) =>
    db.run(
      'INSERT INTO alias (key, person) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET person = ?2 WHERE person <> ?2',
      key,
      person,
    ) > 0,
  /** Rescoring makes moving ledger rows safe: nothing was added up that would have to be taken apart. */
  unite(person, other) {
    db.run('UPDATE ledger SET person = ? WHERE person = ?', person, other);
    db.run('UPDATE alias SET person = ? WHERE person = ?', person, other);
    db.run('UPDATE OR IGNORE binding SET person = ? WHERE person = ?', person, other);
    db.run('DELETE FROM binding WHERE person = ?', other);
    db.run('DELETE FROM person WHERE id = ?', other);
  },
  noteNewKeys(person) {
    db.run('UPDATE person SET version = version + 1, checked_at = NULL, misses = 0 WHERE id = ?', person);
  },
});
