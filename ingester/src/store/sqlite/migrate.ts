import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from './database.ts';

const folder = join(import.meta.dirname, 'migrations');

/** Brings the tables up to date, one numbered file a transaction. Refuses a store that a newer release has written. */
export function migrate(db: Database): void {
  const files = readdirSync(folder).sort();
  const version = Number(db.get('PRAGMA user_version')?.['user_version']);
  if (version > files.length) {
    throw new Error(`the store has version ${version}, this release knows ${files.length}; run the newer release`);
  }
  for (const [index, file] of files.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      db.exec(readFileSync(join(folder, file), 'utf8'));
      db.exec(`PRAGMA user_version = ${index + 1}`);
    });
  }
}
