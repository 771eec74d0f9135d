import { setTimeout } from 'node:timers/promises';
import { Pool, types, type PoolClient } from 'pg';
import { backoff } from '../../worker/backoff.ts';

export type Row = Record<string, unknown>;

/** Where statements run: in a transaction, or each for itself. */
export interface Sql {
  all(sql: string, ...values: unknown[]): Promise<Row[]>;
  /** Runs a statement and says how many rows it changed. */
  run(sql: string, ...values: unknown[]): Promise<number>;
}

export interface DatabaseOptions {
  url: string;
  /** The schema that holds our tables. */
  schema: string;
  clock: () => number;
  /** 0..1 */
  random: () => number;
}

/** Somebody else has changed what a transaction stood on: it is run again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** How often a transaction is run again before its error is the caller's. */
const ATTEMPTS = 10;
/** The longest that a database which cannot be reached is left alone, in milliseconds. */
const LONGEST_PAUSE = 5000;

/**
 * A pool of connections that survives the loss of each and of the server: what was under way fails, and what comes later
 * connects anew, ever more rarely while that fails. Deadlocks and conflicts are run again here.
 */
export class Database implements Sql {
  readonly #pool: Pool;
  readonly #options: DatabaseOptions;
  #failures = 0;
  #notBefore = 0;
  #failure: unknown;

  constructor(options: DatabaseOptions) {
    this.#options = options;
    this.#pool = new Pool({
      ...connectionOf(options),
      application_name: 'scoreline',
      max: 10,
      keepAlive: true,
      connectionTimeoutMillis: 5000,
      statement_timeout: 30_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 30_000,
      // For a server that says nothing any more, not even that the statement took too long.
      query_timeout: 35_000,
      types: { getTypeParser },
    });
    // The statement that is under way, or the next one, meets the error; here it would end the process.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  all(sql: string, ...values: unknown[]): Promise<Row[]> {
    return this.#again((client) => on(client).all(sql, ...values));
  }

  run(sql: string, ...values: unknown[]): Promise<number> {
    return this.#again((client) => on(client).run(sql, ...values));
  }

  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    return this.#again(async (client) => {
      await client.query('BEGIN');
      const result = await work(on(client));
      await client.query('COMMIT');
      return result;
    });
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #again<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(work);
      } catch (error) {
        if (!isConflict(error) || attempt === ATTEMPTS) throw error;
        await setTimeout(attempt * 10 * this.#options.random());
      }
    }
  }

  async #once<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    let usable = true;
    try {
      return await work(client);
    } catch (error) {
      usable = error instanceof Overtaken || (isAnswer(error) && !isMoved(error));
      if (usable) usable = await client.query('ROLLBACK').then(...[() => true, () => false]);
      throw error;
    } finally {
      client.release(!usable);
    }
  }

  async #connect(): Promise<PoolClient> {
    const { clock, random } = this.#options;
    if (clock() < this.#notBefore) throw this.#failure;
    try {
      const client = await this.#pool.connect();
      this.#failures = 0;
      return client;
    } catch (error) {
      this.#failure = error;
      this.#notBefore = clock() + Math.min(LONGEST_PAUSE, backoff(this.#failures, random));
      this.#failures += 1;
      throw error;
    }
  }
}

/** Our numbers are instants, counts and versions, all of which a double holds exactly. */
const getTypeParser: typeof types.getTypeParser = (type, format) =>
  type === types.builtins.INT8 ? Number : (types.getTypeParser(type, format) as (text: string) => unknown);

/** What the URL itself sets for the server stands beside our schema. */
function connectionOf({ url, schema }: DatabaseOptions): { connectionString: string; options: string } {
  const parsed = new URL(url);
  const given = parsed.searchParams.get('options') ?? '';
  parsed.searchParams.delete('options');
  return { connectionString: parsed.href, options: `${given} -c search_path=${schema}`.trim() };
}

const on = (client: PoolClient): Sql => ({
  all: async (sql, ...values) => (await client.query<Row>(sql, values.map(storable))).rows,
  run: async (sql, ...values) => (await client.query(sql, values.map(storable))).rowCount ?? 0,
});

/** Text as PostgreSQL gives it back: it keeps no NUL character, and UTF-8 has no half of a surrogate pair. */
export const storableText = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

const storable = (value: unknown): unknown =>
  typeof value === 'string'
    ? storableText(value)
    : Array.isArray(value)
      ? value.map((each: unknown) => storable(each))
      : value;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Deadlock, serialization failure, or somebody else has just made the same thing: no input of ours has duplicates. */
const isConflict = (error: unknown) =>
  error instanceof Overtaken || ['40P01', '40001', '23505', '42710', '42P06', '42P07'].includes(codeOf(error));

/** The server has answered, so the connection stands. */
const isAnswer = (error: unknown) => /^[0-9A-Z]{5}$/.test(codeOf(error));

/** The server takes no more writes from us: it shuts down, or another one has become the primary. */
const isMoved = (error: unknown) => /^(57P0|25006)/.test(codeOf(error));
