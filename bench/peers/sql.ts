/**
 * The same twelve rules in SQL, rolling limits included: one query over a table of events, which comes to one number of
 * all scores and ratings. No next change, no contributions.
 */
import { DatabaseSync } from 'node:sqlite';
import { AT, DAY, type Person } from '../data/people.ts';
import { load } from './load.ts';

const now = Date.parse(AT);

/** Whole hundredths, rounded half away from zero; only positive awards fade. */
const rounded = (points: string) => `floor(${points} * 100 + 0.5 + 1e-9)`;
const recent = (type: string, days: number, points: number | string) =>
  `sum(CASE WHEN type = '${type}' AND age < ${days * DAY} THEN ${points} ELSE 0 END)`;

/** From `event` with its instants: of each person the sums of the rules without limits, by category. */
const aged = `aged AS (
  SELECT person, finance, type, instant, ${now} - instant AS age, floor((${now} - instant) / ${DAY}.0) AS days
  FROM event WHERE instant <= ${now})`;
const sums = `person,
  max(finance) * 1000 + ${recent('meeting.book', 1e5, rounded('20 * power(0.5, floor(days / 30))'))} AS fit,
  ${recent('page.view', 7, 200)}
    + ${recent('form.submit', 1e5, rounded('15 * CASE WHEN days < 60 THEN 1 - days / 60.0 ELSE 0 END'))}
    + max(CASE WHEN type = 'form.submit' THEN 500 ELSE 0 END)
    + sum(CASE WHEN age < ${30 * DAY} THEN 25 ELSE 0 END) AS web,
  ${recent('email.click', 90, rounded('3 * power(2.0, -days / 14.0)'))} + ${recent('email.click', 7, 200)}
    + ${recent('email.unsubscribe', 90, -1500)} AS email`;

/** From `summed` and `limited`, which has the points of the rules with limits. */
const conclusion = (least: string, greatest: string) => `
  totals AS (
    SELECT ${least}(fit, 3000) + ${least}(web + coalesce(views, 0), 4000)
      + ${greatest}(${least}(email + coalesce(opens, 0), 4000), -2000) AS total
    FROM summed LEFT JOIN limited USING (person)
  ),
  scores AS (SELECT floor((${greatest}(${least}(total, 10000), 0) + 50) / 100.0) AS score FROM totals)
  SELECT CAST(sum(score * 7 + CASE WHEN score >= 50 THEN 3 WHEN score >= 25 THEN 4 ELSE 0 END) AS BIGINT) AS digest
  FROM scores`;

/** The rules with limits: what the events of a type earn, how many within how many days, and for how many days. */
const limits = [
  { type: 'page.view', points: 100, count: 5, within: 7, expires: 60, category: 'views' },
  { type: 'email.open', points: 100, count: 3, within: 7, expires: 30, category: 'opens' },
  { type: 'email.open', points: -50, count: 1, within: 30, expires: 180, category: 'opens' },
] as const;

/** What a limit refuses depends on what it let through before, so DuckDB folds over the list of each person's events. */
const awards = ({ points, count, within, expires }: (typeof limits)[number], instants: string) => `
  ${points} * coalesce(len(list_filter(
    list_reduce(list_transform(${instants}, lambda t: [t]), lambda taken, t: CASE
      WHEN len(taken) < ${count} OR taken[-${count}] <= t[1] - ${within * DAY} THEN list_concat(taken, t)
      ELSE taken END),
    lambda t: t > ${now - expires * DAY})), 0)`;

const inDuckdb = (event: string) => `
  WITH event AS (${event}), ${aged},
  summed AS (
    SELECT ${sums},
      coalesce(list(instant ORDER BY instant) FILTER (WHERE type = 'page.view'), [0]) AS viewed,
      coalesce(list(instant ORDER BY instant) FILTER (WHERE type = 'email.open'), [0]) AS opened
    FROM aged GROUP BY person
  ),
  limited AS (
    SELECT person, ${awards(limits[0], 'viewed')} AS views,
      ${awards(limits[1], 'opened')} + ${awards(limits[2], 'opened')} AS opens
    FROM summed
  ), ${conclusion('least', 'greatest')}`;

/** As a table that is made for it: one row for each event, seen to by a primary key, and dates as timestamps. */
const stored = 'SELECT person, finance, type, epoch_ms(occurred_at) AS instant FROM stored';

/** As they were delivered, which is what the engine is given: repeated perhaps, and dates as text. */
const delivered = `
  SELECT person, any_value(finance) AS finance, arg_min(type, occurred_at) AS type,
    epoch_ms(min(CAST(rtrim(occurred_at, 'Z') AS TIMESTAMP))) AS instant
  FROM delivered GROUP BY person, id`;

const limitRows = limits
  .map(({ type, points, count, within, expires, category }, rule) => {
    return `(${rule}, '${type}', ${points}, ${count}, ${within * DAY}, ${expires * DAY}, '${category}')`;
  })
  .join(', ');

/** Whether the next event earns an award: what was awarded so many awards before has left the window. */
const earns = 'coalesce(CASE count WHEN 1 THEN a WHEN 3 THEN c ELSE e END <= next.instant - within, 1)';

/** SQLite goes through each person's events by recursion; the last five awards go with it. */
const inSqlite = `
  WITH RECURSIVE event AS MATERIALIZED (
    SELECT person, finance, type, CAST(round(unixepoch(occurred_at, 'subsec') * 1000) AS INTEGER) AS instant FROM stored
  ), ${aged},
  summed AS (SELECT ${sums} FROM aged GROUP BY person),
  numbered AS MATERIALIZED (
    SELECT person, type, instant, row_number() OVER (PARTITION BY person, type ORDER BY instant) AS number
    FROM aged WHERE type IN ('page.view', 'email.open')
  ),
  limits(rule, type, points, count, within, expires, category) AS (VALUES ${limitRows}),
  walk AS (
    SELECT rule, type, person, number, instant, 1 AS earns, instant AS a, NULL AS b, NULL AS c, NULL AS d, NULL AS e
    FROM numbered JOIN limits USING (type) WHERE number = 1
    UNION ALL
    SELECT walk.rule, walk.type, walk.person, next.number, next.instant, ${earns},
      iif(${earns}, next.instant, a), iif(${earns}, a, b), iif(${earns}, b, c), iif(${earns}, c, d), iif(${earns}, d, e)
    FROM walk JOIN limits USING (rule) JOIN numbered next
      ON next.person = walk.person AND next.type = walk.type AND next.number = walk.number + 1
  ),
  limited AS (
    SELECT person, sum(iif(category = 'views', points, 0)) AS views, sum(iif(category = 'opens', points, 0)) AS opens
    FROM walk JOIN limits USING (rule) WHERE earns AND instant > ${now} - expires GROUP BY person
  ), ${conclusion('min', 'max')}`;

const columns = 'person INTEGER, id VARCHAR, finance INTEGER, type VARCHAR';

export function sqlite(people: readonly Person[]): () => number {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE TABLE stored (${columns}, occurred_at VARCHAR, PRIMARY KEY (person, id)) WITHOUT ROWID`);
  const insert = database.prepare('INSERT INTO stored VALUES (?, ?, ?, ?, ?)');
  database.exec('BEGIN');
  for (const row of rows(people)) insert.run(...row);
  database.exec('COMMIT');
  const statement = database.prepare(inSqlite);
  return () => Number(statement.get()!['digest']);
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
  endRow: () => void;
  closeSync: () => void;
}

/** On one thread, as the engine has. */
export async function duckdb(
  people: readonly Person[],
): Promise<{ stored: () => Promise<number>; delivered: () => Promise<number> }> {
  const { DuckDBInstance } = await load<Library>('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run('SET threads = 1');
  await connection.run(`CREATE TABLE delivered (${columns}, occurred_at VARCHAR)`);
  const appender = await connection.createAppender('delivered');
  for (const [person, id, finance, type, occurredAt] of rows(people)) {
    appender.appendInteger(person);
    appender.appendVarchar(id);
    appender.appendInteger(finance);
    appender.appendVarchar(type);
    appender.appendVarchar(occurredAt);
    appender.endRow();
  }
  appender.closeSync();
  await connection.run(`CREATE TABLE stored (${columns}, occurred_at TIMESTAMP)`);
  await connection.run(
    "INSERT INTO stored SELECT person, id, finance, type, CAST(rtrim(occurred_at, 'Z') AS TIMESTAMP) FROM delivered",
  );
  const over = (event: string) => async () =>
    Number((await connection.runAndReadAll(inDuckdb(event))).getRows()[0]![0]);
  return { stored: over(stored), delivered: over(delivered) };
}

function* rows(people: readonly Person[]): Generator<[number, string, number, string, string]> {
  for (const { id: person, record, engagements } of people) {
    for (const { id, type, occurredAt } of engagements) {
      yield [person, id, record.Industry === 'Finance' ? 1 : 0, type, occurredAt];
    }
  }
}
