import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { LoadError } from '../errors.ts';
import type { Row, SObject } from '../schema/types.ts';

export type SqlRow = Record<string, SQLInputValue>;

/** A record that was written: as it was (null where it was not there), and as it is (null where it is gone). */
export interface Written {
  readonly object: SObject;
  readonly id: string;
  readonly before: Row | null;
  readonly after: Row | null;
}

/** SQLite behind prepared statements, with transactions that nest and work that waits for the outermost commit. */
export class Database {
  readonly #sqlite: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #depth = 0;
  #afterCommit: (() => void)[] = [];
  #afterTransaction: (() => void)[] = [];
  /** What the transaction under way has written, as far as somebody asked to be told. */
  #written: Written[] = [];
  #beforeCommit: (written: readonly Written[]) => void = () => undefined;

  /** `path` is a file, or ':memory:'. */
  constructor(path: string) {
    try {
      this.#sqlite = new DatabaseSync(path);
      this.#sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA case_sensitive_like = OFF');
    } catch (error) {
      throw new LoadError(`cannot open ${path}: ${(error as Error).message}`);
    }
    this.#sqlite.function('fold', { deterministic: true }, (text) => (typeof text === 'string' ? fold(text) : text));
  }

  /** A function that SQL can call, in the place of the one that had the name. */
  define(name: string, work: (...values: SQLInputValue[]) => SQLInputValue): void {
    this.#sqlite.function(name, { varargs: true }, work);
  }

  exec(sql: string): void {
    this.#sqlite.exec(sql);
  }

  all(sql: string, ...values: SQLInputValue[]): SqlRow[] {
    return this.#prepare(sql).all(...values);
  }

  get(sql: string, ...values: SQLInputValue[]): SqlRow | undefined {
    return this.#prepare(sql).get(...values);
  }

  /** One row as its values in order: for many columns much quicker than an object. */
  values(sql: string, ...values: SQLInputValue[]): SQLInputValue[] | undefined {
    const statement = this.#prepare(sql);
    statement.setReturnArrays(true);
    return statement.get(...values) as unknown as SQLInputValue[] | undefined;
  }

  run(sql: string, ...values: SQLInputValue[]): void {
    this.#prepare(sql).run(...values);
  }

  /** Runs an INSERT and returns the row's number. */
  insert(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).lastInsertRowid);
  }

  /** Keeps all of the work's writes, or none where it throws. */
  transaction<T>(work: () => T): T {
    const name = `level${this.#depth}`;
    const waiting = this.#afterCommit.length;
    const written = this.#written.length;
    this.#sqlite.exec(this.#depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`);
    this.#depth++;
    try {
      const result = work();
      if (this.#depth === 1) this.#settleWrites();
      this.#depth--;
      this.#sqlite.exec(this.#depth === 0 ? 'COMMIT' : `RELEASE ${name}`);
      if (this.#depth === 0) this.#settle();
      if (this.#depth === 0) this.#over();
      return result;
    } catch (error) {
      this.#depth = Number(/\d+/.exec(name)![0]);
      this.#afterCommit.length = waiting;
      this.#written.length = written;
      this.#sqlite.exec(this.#depth === 0 ? 'ROLLBACK' : `ROLLBACK TO ${name}; RELEASE ${name}`);
      if (this.#depth === 0) this.#over();
      throw error;
    }
  }

  /** Runs once the outermost transaction has committed; dropped where its own is rolled back. */
  afterCommit(work: () => void): void {
    if (this.#depth === 0) work();
    else this.#afterCommit.push(work);
  }

  /** Runs once the outermost transaction is over, whether it has committed or not. */
  afterTransaction(work: () => void): void {
    if (this.#depth === 0) work();
    else this.#afterTransaction.push(work);
  }

  /** Notes a write for whoever asked with `beforeCommit`; forgotten where it is rolled back. */
  note(written: Written): void {
    this.#written.push(written);
    if (this.#depth === 0) this.#settleWrites();
  }

  /** Sets what is told of the noted writes at the end of each outermost transaction, and still belongs to it. */
  beforeCommit(work: (written: readonly Written[]) => void): void {
    this.#beforeCommit = work;
  }

  close(): void {
    this.#sqlite.close();
  }

  #settleWrites(): void {
    if (this.#written.length === 0) return;
    const written = this.#written;
    this.#written = [];
    this.#beforeCommit(written);
  }

  #settle(): void {
    const waiting = this.#afterCommit;
    this.#afterCommit = [];
    for (const work of waiting) work();
  }

  #over(): void {
    const waiting = this.#afterTransaction;
    this.#afterTransaction = [];
    for (const work of waiting) work();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      if (this.#statements.size >= 1000) this.#statements.clear();
      statement = this.#sqlite.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** Text as comparisons see it. SQLite's own NOCASE knows ASCII only. */
export const fold = (text: string) => text.toLowerCase();

export const quote = (name: string) => `"${name}"`;
