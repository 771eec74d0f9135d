import type { Change, SaveContext } from '../dml/dml.ts';
import type { Row } from '../schema/types.ts';
import type { Database } from '../store/database.ts';
import { dueAt } from './due.ts';
import type { Path, Program, RecordStart } from './program.ts';

/** A path of a flow that waits to run for a record. */
export interface Waiting {
  readonly n: number;
  readonly flow: string;
  readonly path: string;
  readonly record: string;
  /** Who saved the record. */
  readonly user: string;
  /** Epoch milliseconds. */
  readonly due: number;
  /** Times that it has been tried and failed. */
  readonly attempts: number;
  /** The record before the save, as JSON: for paths right after the commit. */
  readonly prior: string | null;
}

/** A save of a record whose flow has paths that run later. */
export interface Saved {
  readonly program: Program;
  readonly start: RecordStart;
  readonly context: SaveContext;
  readonly change: Change;
  /** Whether the record meets the entry conditions. */
  readonly meets: boolean;
  /** Whether this save starts the flow. */
  readonly starts: boolean;
}

/** setTimeout takes no more than about 24 days. */
const LONGEST_WAIT = 2_000_000_000;

/**
 * What waits to run, in the store: it outlives the process, and is undone with the transaction that planned it. A record
 * that no longer meets the entry conditions loses what waits for it; one whose date changes is scheduled anew.
 */
export class Schedule {
  readonly #database: Database;
  readonly #clock: () => number;
  readonly #onDue: () => void;
  #timer: NodeJS.Timeout | undefined;

  /** `onDue` is called when something may be due. */
  constructor(database: Database, clock: () => number, onDue: () => void) {
    this.#database = database;
    this.#clock = clock;
    this.#onDue = onDue;
    database.exec(
      'CREATE TABLE IF NOT EXISTS local_org_flow_path (n INTEGER PRIMARY KEY AUTOINCREMENT, flow TEXT NOT NULL, path TEXT NOT NULL, record TEXT NOT NULL, user TEXT NOT NULL, due INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, prior TEXT)',
    );
    database.exec('CREATE INDEX IF NOT EXISTS local_org_flow_path_due ON local_org_flow_path (due)');
    database.exec('CREATE INDEX IF NOT EXISTS local_org_flow_path_record ON local_org_flow_path (record, flow)');
  }

  /** All that waits, the next due first. */
  get waiting(): Waiting[] {
    return this.#database.all('SELECT * FROM local_org_flow_path ORDER BY due, n') as unknown as Waiting[];
  }

  get due(): Waiting[] {
    const now = this.#clock();
    return this.waiting.filter(({ due }) => due <= now);
  }

  follow({ program, start, context, change, meets, starts }: Saved): void {
    const { id, before, after } = change;
    for (const path of start.paths) {
      const afterCommit = path.when === 'after commit';
      if (afterCommit && !starts) continue;
      const due = dueAt(path, after, this.#clock());
      if (!afterCommit && !meets) this.#cancel(program, path, id);
      else if (due === undefined) this.#cancel(program, path, id);
      else if (starts) this.#plan(program, path, change, context.user.id, due, afterCommit ? before : null);
      else if (typeof path.when === 'object' && path.when.field !== null) this.#move(program, path, id, due);
    }
    this.#database.afterCommit(() => {
      this.arm();
    });
  }

  /** Forgets what has run, or is not to run any more. */
  done({ n }: Waiting): void {
    this.#database.run('DELETE FROM local_org_flow_path WHERE n = ?', n);
  }

  /** Tries again at the given instant. */
  retry({ n, attempts }: Waiting, due: number): void {
    this.#database.run('UPDATE local_org_flow_path SET due = ?, attempts = ? WHERE n = ?', due, attempts + 1, n);
    this.arm();
  }

  /** Waits for what is due next. */
  arm(): void {
    clearTimeout(this.#timer);
    const next = this.#database.get('SELECT min(due) AS due FROM local_org_flow_path')?.['due'];
    if (typeof next !== 'number') return;
    const wait = Math.min(Math.max(next - this.#clock(), 0), LONGEST_WAIT);
    if (wait === 0) this.#onDue();
    else this.#timer = setTimeout(this.#onDue, wait).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #plan({ name }: Program, path: Path, { id }: Change, user: string, due: number, prior: Row | null): void {
    if (path.when !== 'after commit') this.#cancel({ name }, path, id);
    this.#database.run(
      'INSERT INTO local_org_flow_path (flow, path, record, user, due, prior) VALUES (?, ?, ?, ?, ?, ?)',
      ...[name, path.name, id, user, due, prior && JSON.stringify(prior)],
    );
  }

  #move({ name }: Program, path: Path, record: string, due: number): void {
    this.#database.run(
      'UPDATE local_org_flow_path SET due = ? WHERE flow = ? AND path = ? AND record = ?',
      ...[due, name, path.name, record],
    );
  }

  #cancel({ name }: Pick<Program, 'name'>, path: Path, record: string): void {
    this.#database.run(
      'DELETE FROM local_org_flow_path WHERE flow = ? AND path = ? AND record = ?',
      ...[name, path.name, record],
    );
  }
}
