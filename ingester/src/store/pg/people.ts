import { sha256 } from '../../engagement/id.ts';
import type { Identity } from '../../engagement/identity.ts';
import type { People } from '../identify.ts';
import { Overtaken, storableText, type Sql } from './database.ts';
import { unnest } from './unnest.ts';

/** PostgreSQL's indexes take about 2,700 bytes. */
const LONGEST_KEY = 500;

/** A key as it is stored; of a longer one the hash identifies as well. */
export const indexable = (key: string) =>
  storableText(key.length > LONGEST_KEY ? `${key.slice(0, 100)}#${sha256(key)}` : key);

export const indexableIdentity = ({ strong, anonymous }: Identity): Identity => ({
  strong: strong.map(indexable),
  ...(anonymous !== undefined && { anonymous: indexable(anonymous) }),
});

/**
 * The people whom a transaction deals with, in memory: read and locked before (`lockPeople`), written after (`write`).
 * Nobody changes the keys of a person without that person's lock. People made here have negative numbers until then.
 */
export class LockedPeople implements People {
  readonly #before: ReadonlyMap<string, number>;
  readonly #owner: Map<string, number>;
  readonly #keys = new Map<number, Set<string>>();
  readonly #united = new Map<number, number>();
  readonly #renewed = new Set<number>();
  #made = 0;

  constructor(aliases: ReadonlyMap<string, number>) {
    this.#before = aliases;
    this.#owner = new Map(aliases);
    for (const [key, person] of aliases) this.#keysOf(person).add(key);
  }

  personOf(key: string): number | undefined {
    return this.#owner.get(key);
  }

  keysOf(person: number): Iterable<string> {
    return this.#keysOf(person);
  }

  create(): number {
    this.#made += 1;
    return -this.#made;
  }

  give(key: string, person: number): boolean {
    const owner = this.#owner.get(key);
    if (owner === person) return false;
    if (owner !== undefined) this.#keysOf(owner).delete(key);
    this.#owner.set(key, person);
    this.#keysOf(person).add(key);
    return true;
  }

  unite(person: number, other: number): void {
    for (const key of [...this.#keysOf(other)]) this.give(key, person);
    this.#united.set(other, person);
  }

  noteNewKeys(person: number): void {
    this.#renewed.add(person);
  }

  /** Writes what has become of the people. Yields the number by which each is known from now on. */
  async write(tx: Sql): Promise<(person: number) => number> {
    const standing = (person: number): number => {
      const into = this.#united.get(person);
      return into === undefined ? person : standing(into);
    };
    const made = Array.from({ length: this.#made }, (_, index) => -index - 1).filter((each) => standing(each) === each);
    const ids = new Map<number, number>();
    if (made.length > 0) {
      const rows = await tx.all(
        'INSERT INTO person (version) SELECT 0 FROM generate_series(1, $1) RETURNING id',
        made.length,
      );
      for (const [index, each] of made.entries()) ids.set(each, rows[index]!['id'] as number);
    }
    const numberOf = (person: number): number => ids.get(standing(person)) ?? standing(person);
    await this.#writeUnions(tx, numberOf);
    await this.#writeKeys(tx, numberOf);
    await tx.run('UPDATE person SET version = version + 1, checked_at = NULL, misses = 0 WHERE id = ANY($1)', [
      ...new Set([...this.#renewed].map(numberOf)),
    ]);
    return numberOf;
  }

  /** Rescoring makes moving ledger rows safe: nothing was added up that would have to be taken apart. */
  async #writeUnions(tx: Sql, numberOf: (person: number) => number): Promise<void> {
    const others = [...this.#united.keys()].filter((other) => other > 0);
    if (others.length === 0) return;
    const values = [others, others.map(numberOf)];
    const given = unnest(['bigint', 'bigint'], 'other, into_person');
    await tx.run(`UPDATE ledger SET person = into_person FROM ${given} WHERE person = other`, ...values);
    await tx.run(
      `INSERT INTO binding (person, record) SELECT into_person, record FROM ${given} JOIN binding ON person = other
       ON CONFLICT DO NOTHING`,
      ...values,
    );
    await tx.run('DELETE FROM binding WHERE person = ANY($1)', others);
    await tx.run('DELETE FROM person WHERE id = ANY($1)', others);
  }

  async #writeKeys(tx: Sql, numberOf: (person: number) => number): Promise<void> {
    const changed = [...this.#owner]
      .filter(([key, person]) => this.#before.get(key) !== person)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const write = async (sql: string, keys: typeof changed) => {
      if (keys.length === 0) return;
      const written = await tx.run(
        sql,
        keys.map(([key]) => key),
        keys.map(([, person]) => numberOf(person)),
      );
      if (written < keys.length) throw new Overtaken('somebody else has just been given one of these keys');
    };
    const given = unnest(['text', 'bigint'], 'new_key, new_person');
    await write(
      `UPDATE alias SET person = new_person FROM ${given} WHERE key = new_key`,
      changed.filter(([key]) => this.#before.has(key)),
    );
    await write(
      `INSERT INTO alias (key, person) SELECT new_key, new_person FROM ${given} ORDER BY n ON CONFLICT DO NOTHING`,
      changed.filter(([key]) => !this.#before.has(key)),
    );
  }

  #keysOf(person: number): Set<string> {
    const known = this.#keys.get(person);
    if (known) return known;
    const keys = new Set<string>();
    this.#keys.set(person, keys);
    return keys;
  }
}

/** Reads and locks everybody who has one of the keys. */
export async function lockPeople(tx: Sql, keys: readonly string[]): Promise<LockedPeople> {
  const locked = new Set<number>();
  for (;;) {
    const owners = await tx.all('SELECT DISTINCT person FROM alias WHERE key = ANY($1)', keys);
    const more = owners.map(({ person }) => person as number).filter((person) => !locked.has(person));
    if (more.length === 0) break;
    // Whom we had to wait for may have got or lost keys meanwhile: look again.
    await tx.all('SELECT id FROM person WHERE id = ANY($1) ORDER BY id FOR UPDATE', more);
    for (const person of more) locked.add(person);
  }
  const aliases = await tx.all('SELECT key, person FROM alias WHERE person = ANY($1)', [...locked]);
  return new LockedPeople(new Map(aliases.map(({ key, person }) => [key as string, person as number])));
}
