import type { Identity } from '../../engagement/identity.ts';
import { integer, type Database } from './database.ts';

const personOf = (db: Database, key: string) =>
  integer(db.get('SELECT person FROM alias WHERE key = ?', key)?.['person']);

/**
 * The person with these keys, made where nobody has any. Keys of several people unite them, with two exceptions:
 *
 * - People with different addresses stay apart unless the sender `states` who is who (identify, alias, a changed
 *   contact). A contact ID or user ID that merely turns up with another address belongs to that one from now on. People
 *   wrongly united would score each other's leads; people wrongly apart are united by the next statement.
 * - An anonymous key is a browser. It brings its person along only while that one has no other key: then it is what we
 *   knew of this person so far, otherwise somebody else has used the same browser.
 */
export function identify(db: Database, { strong, anonymous }: Identity, states: boolean): number | undefined {
  const keys = anonymous === undefined ? strong : [...strong, anonymous];
  if (keys.length === 0) return undefined;
  const address = strong.find((key) => key.startsWith('email:'));
  const ofAddress = address === undefined ? undefined : personOf(db, address);
  const owners = strong.map((key) => personOf(db, key)).filter((person) => person !== undefined);
  const joins = (person: number) => states || address === undefined || !hasKey(db, person, 'email:*');
  const person = ofAddress ?? owners.find(joins) ?? ofVisitor(db, strong, anonymous) ?? create(db);

  const others = new Set(owners.filter((other) => other !== person && joins(other)));
  const visitor = ofVisitor(db, strong, anonymous);
  if (visitor !== undefined && visitor !== person) others.add(visitor);
  for (const other of others) unite(db, person, other);
  const news = keys.filter((key) => addAlias(db, key, person));
  if (news.length + others.size > 0) noteNewKeys(db, person);
  return person;
}

/** The person behind an anonymous key, if this is who has the other keys too, as far as we can know. */
function ofVisitor(db: Database, strong: string[], anonymous: string | undefined): number | undefined {
  const visitor = anonymous === undefined ? undefined : personOf(db, anonymous);
  return visitor !== undefined && (strong.length === 0 || !isKnown(db, visitor)) ? visitor : undefined;
}

const isKnown = (db: Database, person: number) =>
  db.get(`SELECT 1 FROM alias WHERE person = ? AND key NOT GLOB 'anonymous:*'`, person) !== undefined;

const hasKey = (db: Database, person: number, pattern: string) =>
  db.get('SELECT 1 FROM alias WHERE person = ? AND key GLOB ?', person, pattern) !== undefined;

/** Whether the key is new to the person. */
const addAlias = (db: Database, key: string, person: number) =>
  db.run(
    'INSERT INTO alias (key, person) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET person = ?2 WHERE person <> ?2',
    key,
    person,
  ) > 0;

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
