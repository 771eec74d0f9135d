/** The same rules without their rolling limits in SQL: one query over a table of events, the sum of all scores. */
import { DatabaseSync } from 'node:sqlite';
import { AT, DAY, type Person } from '../data/people.ts';
import { load } from './load.ts';

const now = Date.parse(AT);

/** Whole hundredths, rounded half away from zero; only positive awards fade. */
const rounded = (points: string) => `floor(${points} * 100 + 0.5 + 1e-9)`;
const recent = (type: string, days: number, points: number | string) =>
  `sum(CASE WHEN type = '${type}' AND age < ${days * DAY} THEN ${points} ELSE 0 END)`;

export const query = `
  WITH aged AS (SELECT person, finance, type, ${now} - instant AS age, floor((${now} - instant) / ${DAY}.0) AS days FROM event),
  summed AS (
    SELECT person, max(finance) * 1000
      + ${recent('meeting.book', 1e5, rounded('20 * power(0.5, floor(days / 30))'))} AS fit,
      ${recent('page.view', 60, 100)} + ${recent('page.view', 7, 200)}
      + ${recent('form.submit', 1e5, rounded('15 * CASE WHEN days < 60 THEN 1 - days / 60.0 ELSE 0 END'))}
      + max(CASE WHEN type = 'form.submit' THEN 500 ELSE 0 END)
      + sum(CASE WHEN age < ${30 * DAY} THEN 25 ELSE 0 END) AS web,
      ${recent('email.open', 30, 100)} + ${recent('email.click', 90, rounded('3 * power(2.0, -days / 14.0)'))}
      + ${recent('email.click', 7, 200)} + ${recent('email.unsubscribe', 90, -1500)}
      + ${recent('email.open', 180, -50)} AS email
    FROM aged GROUP BY person
  ),
  totals AS (
    SELECT (CASE WHEN fit > 3000 THEN 3000 ELSE fit END) + (CASE WHEN web > 4000 THEN 4000 ELSE web END)
      + (CASE WHEN email > 4000 THEN 4000 WHEN email < -2000 THEN -2000 ELSE email END) AS total FROM summed
  )
  SELECT CAST(sum(CASE WHEN total < 0 THEN 0 WHEN total > 10000 THEN 100 ELSE floor((total + 50) / 100.0) END) AS BIGINT) AS score
  FROM totals`;

const table = 'CREATE TABLE event (person INTEGER, finance INTEGER, type VARCHAR, instant BIGINT)';

export function sqlite(people: readonly Person[]): () => number {
  const database = new DatabaseSync(':memory:');
  database.exec(table);
  const insert = database.prepare('INSERT INTO event VALUES (?, ?, ?, ?)');
  database.exec('BEGIN');
  for (const [person, finance, type, at] of rows(people)) insert.run(person, finance, type, at);
  database.exec('COMMIT');
  const statement = database.prepare(query);
  return () => Number(statement.get()!['score']);
}

interface Library {
  DuckDBInstance: { create: (path: string) => Promise<{ connect: () => Promise<Connection> }> };
}
interface Connection {
  run: (sql: string) => Promise<unknown>;
  runAndReadAll: (sql: string) => Promise<{ getRows: () => unknown[][] }>;
  createAppender: (table: string) => Promise<Appender>;
}
interface Appender {
  appendInteger: (value: number) => void;
  appendVarchar: (value: string) => void;
  appendBigInt: (value: bigint) => void;
  endRow: () => void;
  closeSync: () => void;
}

/** On one thread, as the engine has. */
export async function duckdb(people: readonly Person[]): Promise<() => Promise<number>> {
  const { DuckDBInstance } = await load<Library>('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run('SET threads = 1');
  await connection.run(table);
  const appender = await connection.createAppender('event');
  for (const [person, finance, type, at] of rows(people)) {
    appender.appendInteger(person);
    appender.appendInteger(finance);
    appender.appendVarchar(type);
    appender.appendBigInt(BigInt(at));
    appender.endRow();
  }
  appender.closeSync();
  return async () => Number((await connection.runAndReadAll(query)).getRows()[0]![0]);
}

function* rows(people: readonly Person[]): Generator<[number, number, string, number]> {
  for (const { id, record, engagements } of people) {
    for (const { type, occurredAt } of engagements) {
      yield [id, record.Industry === 'Finance' ? 1 : 0, type, Date.parse(occurredAt)];
    }
  }
}
