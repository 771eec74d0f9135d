import type { SourceFiles } from '../metadata/source-files.ts';
import type { Database } from './database.ts';

/** The metadata that deployments brought, in source format. It stands in the place of the source folder's. */
export class DeployedFiles {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    database.exec('CREATE TABLE IF NOT EXISTS local_org_metadata (path TEXT PRIMARY KEY, content TEXT NOT NULL)');
  }

  all(): SourceFiles {
    const rows = this.#database.all('SELECT path, content FROM local_org_metadata ORDER BY path');
    return new Map(rows.map(({ path, content }) => [path as string, content as string]));
  }

  add(files: SourceFiles): void {
    for (const [path, content] of files)
      this.#database.run('INSERT OR REPLACE INTO local_org_metadata VALUES (?, ?)', path, content);
  }
}
