import type { Database } from './database.ts';

/** Counters that outlive the process: record numbers, auto-numbers, key prefixes. A rolled-back number is not reused. */
export class Sequences {
  readonly #database: Database;
  readonly #values = new Map<string, number>();

  constructor(database: Database) {
    this.#database = database;
    database.exec('CREATE TABLE IF NOT EXISTS local_org_sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL)');
    for (const { name, value } of database.all('SELECT name, value FROM local_org_sequence'))
      this.#values.set(name as string, value as number);
  }

  next(name: string): number {
    const value = (this.#values.get(name) ?? 0) + 1;
    this.#values.set(name, value);
    this.#database.run(
      'INSERT INTO local_org_sequence VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      name,
      value,
    );
    return value;
  }

  /** The number that a name was given when it was first asked for. */
  ordinal(kind: string, name: string): number {
    return this.#values.get(`${kind} of ${name}`) ?? this.#assign(kind, name);
  }

  #assign(kind: string, name: string): number {
    const value = this.next(kind);
    this.#values.set(`${kind} of ${name}`, value);
    this.#database.run('INSERT INTO local_org_sequence VALUES (?, ?)', `${kind} of ${name}`, value);
    return value;
  }
}
