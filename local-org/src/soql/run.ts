import { ApiError } from '../errors.ts';
import type { Column, QueryOptions, QueryRecord, QueryResult } from '../org.ts';
import type { Schema } from '../schema/types.ts';
import { quote } from '../store/database.ts';
import type { Database, SqlRow } from '../store/database.ts';
import { column } from '../store/columns.ts';
import { aggregateRecords, countOf, isAggregateQuery } from './aggregate.ts';
import type { Compiler } from './clauses.ts';
import { columnMetadata } from './column-metadata.ts';
import type { QueryColumns } from './column-metadata.ts';
import { Cursors } from './cursors.ts';
import { parseSoql } from './parse.ts';
import { toRecord } from './record.ts';
import { queryable } from './scope.ts';
import { compileSelect } from './select.ts';
import type { Children, Select } from './select.ts';

/** SOQL over the store: parse, compile, run, shape, page. */
export class Soql {
  readonly #schema: Schema;
  readonly #database: Database;
  readonly #clock: () => number;
  readonly #seen: Schema;
  readonly #cursors: Cursors;
  readonly #userId: string | undefined;

  /** `seen` has the objects and fields that queries may name: those that the user may read. */
  constructor(
    schema: Schema,
    database: Database,
    clock: () => number,
    seen = schema,
    cursors = new Cursors(),
    userId?: string,
  ) {
    this.#schema = schema;
    this.#database = database;
    this.#clock = clock;
    this.#seen = seen;
    this.#cursors = cursors;
    this.#userId = userId;
  }

  /** The same for a user who sees less. */
  seeing(seen: Schema, userId?: string): Soql {
    return new Soql(this.#schema, this.#database, this.#clock, seen, this.#cursors, userId);
  }

  query(soql: string, { all = false, version = '66.0', batchSize = 2000 }: QueryOptions = {}): QueryResult {
    const query = parseSoql(soql);
    const compiler = this.#compiler(all);
    const count = countOf(this.#database, compiler, query);
    if (count !== undefined) return { totalSize: count, done: true, records: [] };
    if (isAggregateQuery(query)) {
      const records = aggregateRecords(this.#database, compiler, query);
      return { totalSize: records.length, done: true, records };
    }
    const select = compileSelect(compiler, query, queryable(this.#seen, query.sObject ?? ''));
    const size = Math.min(Math.max(batchSize, 200), 2000);
    const { limit, offset, values } = select;
    const first = this.#rows(select, `LIMIT ${Math.min(limit ?? size + 1, size + 1)} OFFSET ${offset}`, values);
    if (first.length <= size) {
      const records = this.#records(select, version, first);
      return { totalSize: records.length, done: true, records };
    }
    const ids = this.#database.all(
      `SELECT ${column(select.object.field('Id')!, 't')} AS id FROM ${select.table}${select.joins} WHERE ${select.where}${select.orderBy} LIMIT ${limit ?? -1} OFFSET ${offset}`,
      ...values,
    );
    const locator = this.#cursors.open({ select, size, ids: ids.map(({ id }) => id as string), userId: this.#userId });
    return this.#page(locator, 0, version);
  }

  /** What a query selects, where its records are flat. */
  columns(soql: string): { object: string; columns: Column[] } {
    const query = parseSoql(soql);
    const compiler = this.#compiler(false);
    const aggregate = isAggregateQuery(query);
    const select = aggregate ? undefined : compileSelect(compiler, query, queryable(this.#seen, query.sObject ?? ''));
    if (!select || select.children.length > 0)
      throw new ApiError(
        400,
        'API_ERROR',
        'Aggregate functions, GROUP BY and subqueries are not supported in bulk queries',
      );
    const columns = select.slots.map(({ field, path }) => ({
      name: [...path.map(({ name }) => name), field.name].join('.'),
      field,
    }));
    return { object: select.object.name, columns };
  }

  /** What a query selects, as `columns=true` answers it. */
  columnMetadata(soql: string): QueryColumns {
    return columnMetadata(this.#compiler(false), parseSoql(soql));
  }

  /** The next page of a query that had more than one. */
  queryMore(locator: string, { version = '66.0' }: QueryOptions = {}): QueryResult {
    const parts = /^(\w{15,18})-(\d+)$/.exec(locator);
    if (!parts) throw new ApiError(400, 'INVALID_QUERY_LOCATOR', `invalid query locator: ${locator}`);
    return this.#page(parts[1]!, Number(parts[2]), version);
  }

  #compiler(all: boolean): Compiler {
    return { schema: this.#seen, now: this.#clock(), all, userId: this.#userId };
  }

  #page(locator: string, start: number, version: string): QueryResult {
    const { select, size, ids } = this.#cursors.find(locator, this.#userId);
    const end = start + size;
    const rows = this.#rowsOf(select, ids.slice(start, end));
    const records = this.#records(select, version, rows);
    if (end >= ids.length) return { totalSize: ids.length, done: true, records };
    const nextRecordsUrl = `/services/data/v${version}/query/${locator}-${end}`;
    return { totalSize: ids.length, done: false, nextRecordsUrl, records };
  }

  #rows({ columns, table, joins, where, orderBy }: Select, page: string, values: Select['values']): SqlRow[] {
    return this.#database.all(`SELECT ${columns} FROM ${table}${joins} WHERE ${where}${orderBy} ${page}`, ...values);
  }

  /** The rows of these records, in this order. */
  #rowsOf({ columns, table, joins }: Select, ids: readonly string[]): SqlRow[] {
    const wanted = `json_each(?1) page CROSS JOIN ${table} ON t."Id" = page.value${joins}`;
    return this.#database.all(`SELECT ${columns} FROM ${wanted} ORDER BY page.key`, JSON.stringify(ids));
  }

  #records(select: Select, version: string, rows: readonly SqlRow[]): QueryRecord[] {
    const records = rows.map((row) => toRecord(this.#schema, version, select, row));
    for (const children of select.children) {
      const byParent = this.#children(
        children,
        version,
        rows.map((row) => row['c0'] as string),
      );
      records.forEach((record, i) => {
        const found = byParent.get(rows[i]!['c0'] as string);
        record[children.name] = found ? { totalSize: found.length, done: true, records: found } : null;
      });
    }
    return records;
  }

  #children({ lookup, select }: Children, version: string, ids: readonly string[]): Map<string, QueryRecord[]> {
    const { columns, table, joins, where, orderBy, limit = Infinity, offset, values } = select;
    const parent = `t.${quote(lookup.name)}`;
    const among = `${parent} IN (SELECT value FROM json_each(?${values.length + 1}))`;
    const rows = this.#database.all(
      `SELECT ${columns}, ${parent} AS parent FROM ${table}${joins} WHERE ${among} AND ${where}${orderBy}`,
      ...values,
      JSON.stringify(ids),
    );
    const byParent = Map.groupBy(rows, (row) => row['parent'] as string);
    return new Map(
      [...byParent]
        .map(([id, group]) => [id, group.slice(offset, offset + limit)] as const)
        .filter(([, group]) => group.length > 0)
        .map(([id, group]) => [id, this.#records(select, version, group)]),
    );
  }
}
