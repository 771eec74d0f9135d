// `node --import` this before the ingester's own program: it watches the statements that go to the database, and ends the
// process with SIGKILL at the point that SCORELINE_TEST_CRASH names, such as "append before commit#3" (the third time).
// The ingester itself knows nothing of it.
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { Client } from 'pg';

/** The statement by which a transaction is known. */
const names: [RegExp, string][] = [
  [/^INSERT INTO inbox/, 'append'],
  [/^DELETE FROM inbox/, 'settle'],
  [/^DELETE FROM arrival/, 'apply'],
  [/^UPDATE person SET bind_due = \$2/, 'take people'],
  [/^UPDATE person SET checked_at/, 'bind'],
  [/^UPDATE record SET due = \$2/, 'take records'],
  [/^UPDATE record SET fields/, 'save'],
  [/^UPDATE outbox SET version = next/, 'take rows'],
  [/^DELETE FROM outbox WHERE target/, 'acknowledge'],
];

const [point, times] = (process.env['SCORELINE_TEST_CRASH'] ?? '').split('#');
let left = Number(times);

function reach(name: string | undefined, moment: string): void {
  if (name === undefined || `${name} ${moment}` !== point) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

const nameOf = (sql: string) => names.find(([pattern]) => pattern.test(sql.trim()))?.[1];

/* eslint-disable @typescript-eslint/unbound-method -- prototypes are what is watched */
function watchSqlite(): void {
  let current: string | undefined;
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function (sql) {
    if (sql.startsWith('BEGIN')) current = undefined;
    if (sql === 'COMMIT') reach(current, 'before commit');
    exec.call(this, sql);
    if (sql === 'COMMIT') reach(current, 'after commit');
  };
  for (const method of ['run', 'get', 'all'] as const) {
    const original = StatementSync.prototype[method] as (...values: unknown[]) => unknown;
    (StatementSync.prototype[method] as typeof original) = function (this: StatementSync, ...values) {
      const result = original.apply(this, values);
      const name = nameOf(this.sourceSQL);
      current = name ?? current;
      reach(name, 'under way');
      return result;
    };
  }
}

/** A statement outside of a transaction is one by itself: it is under way while no answer has come. */
function watchPg(): void {
  const current = new WeakMap<Client, { name?: string }>();
  const original = Client.prototype.query as (...values: unknown[]) => unknown;
  (Client.prototype.query as typeof original) = function (this: Client, ...values) {
    const sql = values[0];
    if (typeof sql !== 'string') return original.apply(this, values);
    if (sql === 'BEGIN') current.set(this, {});
    const transaction = current.get(this);
    const name = nameOf(sql);
    if (transaction && name !== undefined) transaction.name = name;
    const ending = sql === 'COMMIT' ? transaction?.name : transaction ? undefined : name;
    reach(ending, 'before commit');
    if (sql === 'COMMIT' || sql === 'ROLLBACK') current.delete(this);
    const result = original.apply(this, values);
    if (name !== undefined)
      setImmediate(() => {
        reach(name, 'under way');
      });
    if (result instanceof Promise)
      void result.then(
        () => {
          reach(ending, 'after commit');
        },
        () => undefined,
      );
    return result;
  };
}

watchSqlite();
watchPg();
