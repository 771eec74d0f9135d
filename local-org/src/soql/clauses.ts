import type { FieldType as Selected, Query, QueryBase } from '@jetstreamapp/soql-parser-js';
import { malformedQuery } from '../errors.ts';
import { toldByHistory } from '../schema/history.ts';
import type { Schema } from '../schema/types.ts';
import { callFunction, isAggregate } from './function.ts';
import { toLogic } from './logic.ts';
import { checkClauses } from './parse.ts';
import { queryable, Scope } from './scope.ts';
import { compileWhere } from './where.ts';

/** The parameters of a statement, in the order of their numbers. */
export type Values = (string | number | null)[];

export interface Compiler {
  readonly schema: Schema;
  readonly now: number;
  /** Deleted records too. */
  readonly all: boolean;
  /** Whose records USING SCOPE mine means. */
  readonly userId: string | undefined;
}

/**
 * The WHERE of a query, with its parameters. Deleted records are left out unless all are wanted, and of histories what is
 * about fields that are not seen.
 */
export function compileFilter(
  compiler: Compiler,
  scope: Scope,
  query: QueryBase,
  values: Values = [],
): { where: string; values: Values } {
  const bind = (value: string | number | null) => `?${values.push(value)}`;
  const semiJoin = (inner: Query) => compileSemiJoin(compiler, `${scope.alias}s`, inner, values);
  const where = { now: compiler.now, bind, semiJoin };
  const conditions = query.where ? [compileWhere(where, scope, toLogic(query.where))] : [];
  if (/^mine$/i.test(query.usingScope ?? '')) {
    const owner = scope.object.field('OwnerId');
    if (!owner || compiler.userId === undefined)
      throw malformedQuery(`${scope.object.name} does not support the scope mine`);
    conditions.push(`${scope.alias}."OwnerId" = ${bind(compiler.userId)}`);
  }
  const { historyOf } = scope.object;
  if (historyOf !== null) {
    const seen = compiler.schema.object(historyOf);
    const told = JSON.stringify(seen ? toldByHistory(seen) : []);
    conditions.push(`${scope.alias}."Field" IN (SELECT value FROM json_each(${bind(told)}))`);
  }
  if (scope.object.recycleBin && !compiler.all) conditions.push(`${scope.alias}."IsDeleted" = 0`);
  return { where: conditions.join(' AND ') || '1', values };
}

/** `Id IN (SELECT Lead__c FROM ...)`: the SELECT within the parentheses. */
function compileSemiJoin(compiler: Compiler, alias: string, query: Query, values: Values): string {
  checkClauses(query);
  if (query.limit !== undefined || query.orderBy || query.groupBy)
    throw malformedQuery('a semi-join subquery takes no LIMIT, ORDER BY or GROUP BY');
  const scope = new Scope(compiler.schema, queryable(compiler.schema, query.sObject ?? ''), alias, [
    query.sObjectAlias,
  ]);
  const [selected, ...more] = query.fields ?? [];
  if (!selected || more.length > 0) throw malformedQuery('a semi-join subquery must select exactly one ID field');
  const { field, sql } = scope.reach(pathOf(selected));
  if (field.type !== 'id' && field.type !== 'reference')
    throw malformedQuery(`The inner select field '${field.name}' must be an ID or lookup`);
  const { where } = compileFilter(compiler, scope, query, values);
  return `SELECT ${sql} FROM ${scope.from} WHERE ${where} AND ${sql} IS NOT NULL`;
}

/** A term of ORDER BY, and its direction. */
export interface OrderTerm {
  readonly sql: string;
  readonly direction: string;
}

export function compileOrder(scope: Scope, query: QueryBase): string {
  const terms = orderTerms(scope, query, false).map(({ sql, direction }) => `${sql} ${direction}`);
  return terms.length === 0 ? '' : ` ORDER BY ${terms.join(', ')}`;
}

export function orderTerms(scope: Scope, { orderBy }: QueryBase, aggregates: boolean): OrderTerm[] {
  return [orderBy ?? []].flat().map((clause) => {
    if ('fn' in clause && !aggregates && isAggregate(clause.fn.functionName))
      throw malformedQuery(`ORDER BY ${clause.fn.rawValue ?? ''} needs a GROUP BY`);
    const { field, sql } = 'fn' in clause ? callFunction(scope, clause.fn) : scope.reach(clause.field);
    if (field.type === 'address' || field.type === 'multipicklist' || (field.type === 'textarea' && field.length > 255))
      throw malformedQuery(`field '${field.name}' can not be sorted in a query call`);
    return { sql, direction: `${clause.order ?? 'ASC'} NULLS ${clause.nulls ?? 'FIRST'}` };
  });
}

/** `Account.Name` of a selected field. An alias belongs to aggregate queries. */
export function pathOf(selected: Selected): string {
  if (selected.type !== 'Field' && selected.type !== 'FieldRelationship') throw malformedQuery('a field was expected');
  if ('alias' in selected && selected.alias) throw malformedQuery('only aggregate expressions use field aliasing');
  return selected.type === 'FieldRelationship' ? [...selected.relationships, selected.field].join('.') : selected.field;
}
