import type { FieldType as Selected, GroupByClause, Query } from '@jetstreamapp/soql-parser-js';
import { ApiError, malformedQuery } from '../errors.ts';
import type { QueryRecord } from '../org.ts';
import type { Field } from '../schema/types.ts';
import { fromSql } from '../store/columns.ts';
import type { Database } from '../store/database.ts';
import { callFunction, isAggregate } from './function.ts';
import { groupingSets } from './grouping-sets.ts';
import { toLogic } from './logic.ts';
import { queryable, Scope } from './scope.ts';
import { compileFilter, orderTerms } from './clauses.ts';
import type { Compiler } from './clauses.ts';
import { compileWhere } from './where.ts';

const isCall = (selected: Selected) =>
  selected.type === 'FieldFunctionExpression' && isAggregate(selected.functionName);

export const isAggregateQuery = (query: Query) => query.groupBy !== undefined || (query.fields ?? []).some(isCall);

/** `SELECT COUNT() FROM ...` */
export function isBareCount({ fields: [selected] = [] }: Query): boolean {
  return selected?.type === 'FieldFunctionExpression' && selected.rawValue?.toUpperCase() === 'COUNT()';
}

/** The number that `SELECT COUNT()` answers, alone. */
export function countOf(database: Database, compiler: Compiler, query: Query): number | undefined {
  if (!isBareCount(query)) return undefined;
  if (query.fields!.length > 1 || query.groupBy || query.orderBy)
    throw malformedQuery('COUNT() stands alone: no other field, no GROUP BY, no ORDER BY');
  const scope = scopeOf(compiler, query);
  const { where, values } = compileFilter(compiler, scope, query);
  const rows = `SELECT 1 FROM ${scope.from} WHERE ${where} LIMIT ${query.limit ?? -1} OFFSET ${query.offset ?? 0}`;
  return database.get(`SELECT count(*) AS n FROM (${rows})`, ...values)!['n'] as number;
}

/** Runs a query with GROUP BY or aggregate functions. */
export function aggregateRecords(database: Database, compiler: Compiler, query: Query): QueryRecord[] {
  const scope = scopeOf(compiler, query);
  const { columns, groups, kind } = aggregateColumns(scope, query);
  const { where, values } = compileFilter(compiler, scope, query);
  const bind = (value: string | number | null) => `?${values.push(value)}`;
  const semiJoin = () => {
    throw malformedQuery('a semi-join cannot stand in HAVING');
  };
  const having = query.having
    ? ` HAVING ${compileWhere({ now: compiler.now, bind, semiJoin }, scope, toLogic(query.having))}`
    : '';
  const order = orderTerms(scope, query, true);
  const selects = groupingSets(kind, groups).map((set) => {
    // In a subtotal, what it is not grouped by is null.
    const within = (sql: string) => (groups.includes(sql) && !set.includes(sql) ? 'NULL' : sql);
    const selected = [
      ...columns.map(({ sql, grouping }, i) => `${grouping ? Number(!set.includes(sql)) : within(sql)} AS c${i}`),
      ...order.map(({ sql }, i) => `${within(sql)} AS o${i}`),
    ];
    const groupBy = set.length > 0 ? ` GROUP BY ${set.join(', ')}` : '';
    return `SELECT ${selected.join(', ')} FROM ${scope.from} WHERE ${where}${groupBy}${having}`;
  });
  const terms = order.map(({ direction }, i) => `o${i} ${direction}`);
  const orderBy = terms.length > 0 ? ` ORDER BY ${terms.join(', ')}` : '';
  const page = ` LIMIT ${Math.min(query.limit ?? 2001, 2001)} OFFSET ${query.offset ?? 0}`;
  const rows = database.all(`${selects.join(' UNION ALL ')}${orderBy}${page}`, ...values);
  if (rows.length > 2000)
    throw new ApiError(
      400,
      'EXCEEDED_ID_LIMIT',
      'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
    );
  return rows.map((row) => ({
    attributes: { type: 'AggregateResult' },
    ...Object.fromEntries(columns.map(({ field, name }, i) => [name, fromSql(field, row[`c${i}`])])),
  }));
}

/** A selected value of an aggregate query: its name in the record, and the call as written where it is one. */
export interface AggregateColumn {
  readonly field: Field;
  readonly sql: string;
  readonly name: string;
  readonly call: string | undefined;
  /** `GROUPING(field)`: 1 where the row is a subtotal over the field, else 0. */
  readonly grouping: boolean;
}

/** What an aggregate query selects, in order, and what it groups by. */
export function aggregateColumns(scope: Scope, query: Query) {
  const { groups, kind } = grouped(scope, [query.groupBy ?? []].flat());
  let unnamed = 0;
  const columns = (query.fields ?? []).map((selected): AggregateColumn => {
    const grouping = isGrouping(selected);
    if (grouping && kind === undefined) throw malformedQuery('GROUPING() needs GROUP BY ROLLUP or CUBE');
    const { field, sql, name } = read(scope, selected);
    if (!isCall(selected) && !groups.includes(sql))
      throw malformedQuery(`Field must be grouped or aggregated: ${field.name}`);
    const alias = 'alias' in selected ? selected.alias : undefined;
    const call = selected.type === 'FieldFunctionExpression' ? selected.rawValue : undefined;
    return { field, sql, name: alias ?? name ?? `expr${unnamed++}`, call, grouping };
  });
  return { columns, groups, kind };
}

export const scopeOf = (compiler: Compiler, query: Query) =>
  new Scope(compiler.schema, queryable(compiler.schema, query.sObject ?? ''), 't', [query.sObjectAlias]);

type Rollup = 'ROLLUP' | 'CUBE';

function grouped(scope: Scope, clauses: readonly GroupByClause[]): { groups: string[]; kind: Rollup | undefined } {
  const [first] = clauses;
  const kind = first && 'fn' in first ? /^(ROLLUP|CUBE)$/i.exec(first.fn.functionName ?? '')?.[1] : undefined;
  if (!first || !('fn' in first) || kind === undefined)
    return { groups: clauses.map((clause) => groupOf(scope, clause)), kind: undefined };
  if (clauses.length > 1) throw malformedQuery(`GROUP BY ${kind} stands alone`);
  const groups = (first.fn.parameters ?? []).map((each) =>
    groupOf(scope, typeof each === 'string' ? { field: each } : { fn: each }),
  );
  return { groups, kind: kind.toUpperCase() as Rollup };
}

const groupOf = (scope: Scope, clause: GroupByClause): string =>
  'field' in clause ? scope.reach(clause.field).sql : callFunction(scope, clause.fn).sql;

const isGrouping = (selected: Selected) =>
  selected.type === 'FieldFunctionExpression' && /^GROUPING$/i.test(selected.functionName);

function read(scope: Scope, selected: Selected): { field: Field; sql: string; name?: string } {
  if (selected.type === 'FieldFunctionExpression' && isGrouping(selected)) {
    const { field, sql } = scope.reach(selected.parameters[0] as string);
    return { field: { ...field, type: 'int' }, sql };
  }
  if (selected.type === 'FieldFunctionExpression')
    return callFunction(scope, { ...selected, parameters: selected.parameters });
  if (selected.type === 'Field') return withName(scope.reach(selected.field));
  if (selected.type === 'FieldRelationship')
    return withName(scope.reach([...selected.relationships, selected.field].join('.')));
  throw malformedQuery('an aggregate query selects fields and functions only');
}

const withName = <T extends { field: Field }>(reached: T) => ({ ...reached, name: reached.field.name });
