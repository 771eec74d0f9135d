import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Database as Sqlite } from './sqlite/database.ts';
import { migrate as migrateSqlite } from './sqlite/migrate.ts';
import { Database as Pg, type Sql } from './pg/database.ts';
import { migrate as migratePg } from './pg/migrate.ts';
import { SCHEMA } from './pg/open.ts';
import { indexable } from './pg/people.ts';
import { unnest } from './pg/unnest.ts';

/** Why a store cannot be moved: what, where, and what to do. */
export class MoveError extends Error {
  override readonly name = 'MoveError';
}

export interface Move {
  /** The folder of the SQLite store. Its ingester is stopped. */
  folder: string;
  /** Of the PostgreSQL database, whose store is empty or not there. */
  url: string;
  schema?: string;
  clock: () => number;
  /** 0..1 */
  random: () => number;
  /** Called for each table when `done` of its `total` rows have been copied. */
  onProgress: (table: string, done: number, total: number) => void;
}

/** Tables, with the columns that both stores have, and their types in PostgreSQL. */
const tables: Record<string, Record<string, string>> = {
  inbox: {
    seq: 'bigint',
    ...{ connection: 'text', adapter: 'text', received_at: 'bigint', authenticated: 'text', covers: 'text' },
    ...{ headers: 'text', body: 'bytea' },
  },
  dead_letter: {
    ...{ seq: 'bigint', reason: 'text' },
    ...{ connection: 'text', adapter: 'text', received_at: 'bigint', authenticated: 'text', covers: 'text' },
    ...{ headers: 'text', body: 'bytea' },
  },
  person: { id: 'bigint', version: 'bigint', bind_due: 'bigint', checked_at: 'bigint', misses: 'integer' },
  alias: { key: 'text', person: 'bigint' },
  ledger: {
    ...{ source: 'text', id: 'text', person: 'bigint', occurred_at: 'bigint', engagement: 'text' },
    ...{ delivery: 'bigint', accepted_at: 'bigint', sent_as: 'text' },
  },
  record: { id: 'text', object: 'text', version: 'bigint', evaluated: 'bigint', due: 'bigint', fields: 'text' },
  binding: { person: 'bigint', record: 'text' },
  score: { record: 'text', model: 'text', rating: 'text', earned: 'text', changed_at: 'bigint', row: 'text' },
  model: { key: 'text', object: 'text', fingerprint: 'text' },
  // Versions are made anew: no row is under way.
  outbox: {
    ...{ target: 'text', object: 'text', record: 'text', payload: 'text', due: 'bigint', attempts: 'integer' },
    ...{ failed: 'text', delivery: 'bigint', accepted_at: 'bigint' },
  },
};

/** How many rows are read and written at once. */
const BATCH = 1000;

/**
 * Moves a store from SQLite to PostgreSQL in one transaction: it is there whole or not at all, and a move that was cut off
 * is started again. Counts are compared before the commit. The SQLite store is left as it is. Throws MoveError.
 *
 * @returns the number of rows by table
 */
export async function moveStore({
  folder,
  url,
  schema = SCHEMA,
  clock,
  random,
  onProgress,
}: Move): Promise<Record<string, number>> {
  const file = join(folder, 'ingester.db');
  if (!existsSync(file))
    throw new MoveError(`there is no store in ${folder}; name the folder that SCORELINE_DATA named`);
  const sqlite = new Sqlite(file);
  const pg = new Pg({ url, schema, clock, random });
  try {
    migrateSqlite(sqlite);
    await migratePg(pg, schema);
    // Nobody writes the SQLite store meanwhile: an ingester that still runs is told to wait, and is not lost sight of.
    sqlite.exec('BEGIN IMMEDIATE');
    return await pg.transaction(async (tx) => {
      await refuseUsed(tx);
      const counts: Record<string, number> = {};
      for (const table of Object.keys(tables)) counts[table] = await copy(sqlite, tx, table, onProgress);
      await continueNumbers(tx);
      return counts;
    });
  } catch (error) {
    if (error instanceof MoveError) throw error;
    throw new MoveError(`nothing was moved (${(error as Error).message}); start again when that is put right`);
  } finally {
    sqlite.close();
    await pg.close();
  }
}

async function refuseUsed(tx: Sql): Promise<void> {
  for (const table of [...Object.keys(tables), 'arrival']) {
    await tx.run(`LOCK TABLE ${table} IN EXCLUSIVE MODE`);
    const rows = await tx.all(`SELECT 1 FROM ${table} LIMIT 1`);
    if (rows.length > 0)
      throw new MoveError(`the database has a store in use (its table ${table} is not empty); name another database`);
  }
}

async function copy(sqlite: Sqlite, tx: Sql, table: string, onProgress: Move['onProgress']): Promise<number> {
  const types = tables[table]!;
  const columns = Object.keys(types);
  const list = columns.join(', ');
  const insert = `INSERT INTO ${table} (${list}) SELECT ${list} FROM ${unnest(Object.values(types), list)} ORDER BY n`;
  const total = count(sqlite.get(`SELECT count(*) AS n FROM ${table}`));
  let done = 0;
  let batch: Record<string, unknown>[] = [];
  const flush = async () => {
    await tx.run(insert, ...columns.map((column) => batch.map((row) => asStored(column, row[column]))));
    done += batch.length;
    batch = [];
    onProgress(table, done, total);
  };
  for (const row of sqlite.each(`SELECT ${list} FROM ${table}`)) {
    batch.push(row);
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0 || total === 0) await flush();
  const arrived = count((await tx.all(`SELECT count(*) AS n FROM ${table}`))[0]);
  if (arrived !== total) throw new MoveError(`${table} has ${total} rows and ${arrived} arrived; nothing was moved`);
  return total;
}

const count = (row: Record<string, unknown> | undefined): number => Number(row?.['n']);

const asStored = (column: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value) : column === 'key' ? indexable(value as string) : value;

/** What PostgreSQL numbers and counts by itself goes on where SQLite stopped. */
async function continueNumbers(tx: Sql): Promise<void> {
  await tx.all(
    `SELECT setval(pg_get_serial_sequence('inbox', 'seq'), greatest(1,
       (SELECT max(seq) FROM inbox), (SELECT max(seq) FROM dead_letter), (SELECT max(delivery) FROM ledger)))`,
  );
  await tx.all("SELECT setval(pg_get_serial_sequence('person', 'id'), greatest(1, (SELECT max(id) FROM person)))");
  await tx.run('UPDATE bucket SET ledger = (SELECT count(*) FROM ledger) WHERE id = 0');
}
