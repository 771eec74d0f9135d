import type { Database } from './database.ts';

/** One thing that a deletion did: a record went into the bin, or a lookup to a record of it was cleared. */
export interface Discarded {
  readonly record: string;
  /** The lookup that was cleared, and what it looked up to; null where the record itself was deleted. */
  readonly cleared: { readonly field: string; readonly parent: string } | null;
}

/** The recycle bin: the records that were deleted, each with all that its deletion did, in that order. */
export class Bin {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    database.exec(
      'CREATE TABLE IF NOT EXISTS local_org_bin (n INTEGER PRIMARY KEY, root TEXT NOT NULL, record TEXT NOT NULL, field TEXT, parent TEXT);' +
        'CREATE INDEX IF NOT EXISTS local_org_bin_root ON local_org_bin (root)',
    );
  }

  add(root: string, { record, cleared }: Discarded): void {
    this.#database.run(
      'INSERT INTO local_org_bin (root, record, field, parent) VALUES (?, ?, ?, ?)',
      root,
      record,
      cleared?.field ?? null,
      cleared?.parent ?? null,
    );
  }

  /** Takes a record out, with what its deletion did; empty where it was not deleted by itself, or purged. */
  take(root: string): Discarded[] {
    const rows = this.#database.all('SELECT record, field, parent FROM local_org_bin WHERE root = ? ORDER BY n', root);
    if (rows.length > 0) this.#database.run('DELETE FROM local_org_bin WHERE root = ?', root);
    return rows.map(({ record, field, parent }) => ({
      record: record as string,
      cleared: field === null ? null : { field: field as string, parent: parent as string },
    }));
  }
}
