import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Database } from '../../src/store/sqlite/database.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { delivery } from '../support/engagement.ts';
import { storeContract } from './contract.ts';

const base = mkdtempSync(join(tmpdir(), 'scoreline-store-'));
let run = 0;

storeContract('SQLite', {
  open: (options) => Promise.resolve(openSqliteStore({ folder: join(base, String(run)), ...options })),
  clean: () => {
    rmSync(join(base, String(run)), { recursive: true });
    run += 1;
    return Promise.resolve();
  },
});

const options = { highWaterMark: 1000, retryUnmatched: 1000 };

test('deliveries that arrive together share a commit', async () => {
  const folder = join(base, 'group');
  const store = openSqliteStore({ folder, ...options });
  const reader = new Database(join(folder, 'ingester.db'));
  // Another connection sees rows commit by commit.
  const seen = new Set<number>();
  const count = () => Number(reader.get('SELECT count(*) AS n FROM inbox')?.['n']);
  await Promise.all(Array.from({ length: 50 }, () => store.append(delivery()).then(() => seen.add(count()))));
  expect([...seen]).toEqual([50]);
  reader.close();
  await store.close();
});

test('a store of a newer release is refused', () => {
  const folder = join(base, 'newer');
  openSqliteStore({ folder, ...options });
  const db = new Database(join(folder, 'ingester.db'));
  db.exec('PRAGMA user_version = 99');
  db.close();
  expect(() => openSqliteStore({ folder, ...options })).toThrow('run the newer release');
});
