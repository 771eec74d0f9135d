import type { Database } from './database.ts';

const most = 200;

/** Which records each user viewed last, newest first. */
export class Viewed {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    database.exec(
      'CREATE TABLE IF NOT EXISTS local_org_viewed (n INTEGER PRIMARY KEY, user TEXT, record TEXT, UNIQUE (user, record))',
    );
  }

  add(user: string, records: readonly string[]): void {
    this.#database.transaction(() => {
      for (const record of records.toReversed())
        this.#database.run('INSERT OR REPLACE INTO local_org_viewed (user, record) VALUES (?, ?)', user, record);
      this.#database.run(
        'DELETE FROM local_org_viewed WHERE user = ?1 AND n NOT IN (SELECT n FROM local_org_viewed WHERE user = ?1 ORDER BY n DESC LIMIT ?2)',
        user,
        most,
      );
    });
  }

  of(user: string): string[] {
    const rows = this.#database.all('SELECT record FROM local_org_viewed WHERE user = ? ORDER BY n DESC', user);
    return rows.map(({ record }) => record as string);
  }
}
