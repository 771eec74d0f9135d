import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from './database.ts';

const folder = join(import.meta.dirname, 'migrations');

/**
 * Brings the tables up to date in one transaction, for which other workers wait. Refuses a store that a newer release has
 * written, and a server that would acknowledge what it has not yet written to its disk.
 */
export async function migrate(db: Database, schema: string): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit']) {
    const [row] = await db.all('SELECT current_setting($1) AS value', setting);
    if (row?.['value'] === 'off')
      throw new Error(`the server runs with ${setting} = off, by which accepted deliveries are lost; set it to on`);
  }
  const files = readdirSync(folder).sort();
  await db.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await db.run('CREATE TABLE IF NOT EXISTS migration (version integer PRIMARY KEY)');
  await db.transaction(async (tx) => {
    await tx.run('LOCK TABLE migration IN EXCLUSIVE MODE');
    const version = Number((await tx.all('SELECT max(version) AS version FROM migration'))[0]?.['version'] ?? 0);
    if (version > files.length) {
      throw new Error(`the store has version ${version}, this release knows ${files.length}; run the newer release`);
    }
    for (const [index, file] of files.entries()) {
      if (index < version) continue;
      await tx.run(readFileSync(join(folder, file), 'utf8'));
      await tx.run('INSERT INTO migration VALUES ($1)', index + 1);
    }
  });
}
