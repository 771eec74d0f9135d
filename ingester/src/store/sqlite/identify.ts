import type { Identity } from '../../engagement/identity.ts';
import { integer, type Database } from './database.ts';

const personOf = (db: Database, key: string) =>
  integer(db.get('SELECT person FROM alias WHERE key = ?', key)?.['person']);

/**
 * The person with these keys, made where nobody has any. Strong keys of several people unite them. An anonymous key
 * brings its person along only while that one has no strong key: then it is what we knew of this person so far, otherwise
 * somebody else has used the same browser, and the browser is this person's from now on.
 */
export function identify(db: Database, { strong, anonymous }: Identity): number | undefined {
  const people = new Set(strong.map((key) => personOf(db, key)).filter((person) => person !== undefined));
  const visitor = anonymous === undefined ? undefined : personOf(db, anonymous);
  if (visitor !== undefined && (strong.length === 0 || !isKnown(db, visitor))) people.add(visitor);

  const keys = anonymous === undefined ? strong : [...strong, anonymous];
  if (keys.length === 0) return undefined;
  const [person = create(db), ...others] = [...people].sort((a, b) => a - b);
  for (const other of others) unite(db, person, other);
  const isNews = keys
    .map((key) =>
      db.run(
        'INSERT INTO alias (key, person) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET person = ?2 WHERE person <> ?2',
        key,
        person,
      ),
    )
    .some((changes) => changes > 0);
  if (isNews || others.length > 0) noteNewKeys(db, person);
  return person;
}

const isKnown = (db: Database, person: number) =>
  db.get(`SELECT 1 FROM alias WHERE person = ? AND key NOT GLOB 'anonymous:*'`, person) !== undefined;

const create = (db: Database) => integer(db.get('INSERT INTO person (version) VALUES (0) RETURNING id')?.['id'])!;

/** Rescoring makes moving ledger rows safe: nothing was added up that would have to be taken apart. */
function unite(db: Database, person: number, other: number): void {
  db.run('UPDATE ledger SET person = ? WHERE person = ?', person, other);
  db.run('UPDATE alias SET person = ? WHERE person = ?', person, other);
  db.run('UPDATE OR IGNORE binding SET person = ? WHERE person = ?', person, other);
  db.run('DELETE FROM binding WHERE person = ?', other);
  db.run('DELETE FROM person WHERE id = ?', other);
}

/** New keys may lead to other records: forget when we last looked. */
function noteNewKeys(db: Database, person: number): void {
  db.run('UPDATE person SET version = version + 1, checked_at = NULL, misses = 0 WHERE id = ?', person);
}
