import type { Database } from './database.ts';

/** What the org keeps beside its records (bulk jobs, refresh tokens): JSON by kind and key, in the org's own file. */
export class Documents {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    database.exec(
      'CREATE TABLE IF NOT EXISTS local_org_document (kind TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, key))',
    );
  }

  put(kind: string, key: string, value: unknown): void {
    this.#database.run(
      'INSERT INTO local_org_document VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      kind,
      key,
      JSON.stringify(value),
    );
  }

  /** Undefined where nothing was put. Whoever puts a kind knows its shape. */
  get(kind: string, key: string): unknown {
    const row = this.#database.get('SELECT value FROM local_org_document WHERE kind = ? AND key = ?', kind, key);
    return row && (JSON.parse(row['value'] as string) as unknown);
  }

  /** All of a kind, or those whose key begins with `folder/`, by key. */
  all(kind: string, folder?: string): unknown[] {
    const [first, last] = folder === undefined ? ['', '\u{10ffff}'] : [`${folder}/`, `${folder}0`];
    return this.#database
      .all(
        'SELECT value FROM local_org_document WHERE kind = ? AND key >= ? AND key < ? ORDER BY key',
        kind,
        first,
        last,
      )
      .map(({ value }) => JSON.parse(value as string) as unknown);
  }

  /** Deletes a key and all that begin with it and a slash. */
  delete(kind: string, key: string): void {
    this.#database.run('DELETE FROM local_org_document WHERE kind = ? AND key = ?', kind, key);
    this.#database.run(
      'DELETE FROM local_org_document WHERE kind = ? AND key >= ? AND key < ?',
      kind,
      `${key}/`,
      `${key}0`,
    );
  }

  /** The next number of a name, from 1. */
  next(name: string): number {
    const number = ((this.get('count', name) as number | undefined) ?? 0) + 1;
    this.put('count', name, number);
    return number;
  }
}
