import type { FieldSubquery, FieldType as Selected, QueryBase } from '@jetstreamapp/soql-parser-js';
import { invalidField, invalidType, malformedQuery, NotSupported } from '../errors.ts';
import type { Field, SObject } from '../schema/types.ts';
import { column } from '../store/columns.ts';
import { compileFilter, compileOrder, pathOf } from './clauses.ts';
import type { Compiler, Values } from './clauses.ts';
import { checkClauses } from './parse.ts';
import { queryable, Scope } from './scope.ts';

/** A selected value: the SQL column `as` and where it goes in the record. */
export interface Slot {
  readonly as: string;
  readonly field: Field;
  /** Relationship names on the way, and the columns with the parents' IDs. */
  readonly path: readonly { readonly name: string; readonly idAs: string }[];
}

/** A compiled SELECT. Its parameters are the numbered `?1`, `?2`... of all its statements together. */
export interface Select {
  readonly object: SObject;
  readonly slots: readonly Slot[];
  readonly children: readonly Children[];
  readonly columns: string;
  readonly table: string;
  readonly joins: string;
  readonly where: string;
  readonly orderBy: string;
  readonly limit: number | undefined;
  readonly offset: number;
  readonly values: Values;
}

/** A child subquery: a SELECT of its own whose first column, `parent`, is the lookup to the outer record. */
export interface Children {
  readonly name: string;
  readonly lookup: Field;
  readonly select: Select;
}

/** Compiles the SELECT of a query over its object, or of a subquery over the children's. */
export function compileSelect(compiler: Compiler, query: QueryBase, object: SObject, prefixes: string[] = []): Select {
  const scope = new Scope(compiler.schema, object, 't', [query.sObjectAlias, ...prefixes]);
  const slots: Slot[] = [];
  const columns = new Map<string, string>();
  const add = (sql: string): string => {
    const as = columns.get(sql) ?? `c${columns.size}`;
    columns.set(sql, as);
    return as;
  };
  add(column(object.field('Id')!, scope.alias));
  const children: Children[] = [];
  for (const selected of (query.fields ?? []).flatMap((each) => expand(query, object, each))) {
    if (selected.type === 'FieldSubquery') children.push(compileChildren(compiler, object, selected));
    else {
      const { field, sql, path } = scope.reach(pathOf(selected));
      slots.push({ as: add(sql), field, path: path.map(({ name, id }) => ({ name, idAs: add(id) })) });
    }
  }
  checkUnique(slots);
  const parts = compileFilter(compiler, scope, query);
  const orderBy = compileOrder(scope, query, false);
  return {
    object,
    slots,
    children,
    columns: [...columns].map(([sql, as]) => `${sql} AS ${as}`).join(', '),
    table: scope.table,
    joins: scope.joins,
    orderBy,
    limit: query.limit,
    offset: query.offset ?? 0,
    ...parts,
  };
}

function compileChildren(compiler: Compiler, object: SObject, { subquery }: FieldSubquery): Children {
  checkClauses(subquery);
  const name = subquery.relationshipName;
  const relationship = object.children(name);
  if (!relationship)
    throw invalidType(
      `Didn't understand relationship '${name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  if (subquery.groupBy) throw malformedQuery('a child subquery takes no GROUP BY');
  const child = queryable(compiler.schema, relationship.object);
  return {
    name: relationship.name!,
    lookup: relationship.field,
    select: compileSelect(compiler, subquery, child, [name]),
  };
}

function expand(query: QueryBase, object: SObject, selected: Selected): Exclude<Selected, { type: 'FieldTypeof' }>[] {
  if (selected.type === 'FieldTypeof') throw new NotSupported('TYPEOF in SOQL');
  if (selected.type !== 'FieldFunctionExpression') return [selected];
  if (selected.functionName.toUpperCase() !== 'FIELDS')
    throw new NotSupported(`the function ${selected.functionName} in the SELECT of a query without GROUP BY in SOQL`);
  const group = (selected.parameters[0] as string).toUpperCase();
  if (group !== 'STANDARD' && (query.limit === undefined || query.limit > 200))
    throw malformedQuery('The SOQL FIELDS function must have a LIMIT of at most 200');
  return object.fields
    .filter(({ custom }) => group === 'ALL' || custom === (group === 'CUSTOM'))
    .map(({ name }) => ({ type: 'Field', field: name }));
}

function checkUnique(slots: readonly Slot[]): void {
  const seen = new Set<string>();
  for (const { path, field } of slots) {
    const name = [...path.map((step) => step.name), field.name].join('.');
    if (seen.has(name)) throw invalidField(`duplicate field selected: ${name}`);
    seen.add(name);
  }
}
