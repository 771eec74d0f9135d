import type {
  FieldFunctionExpression,
  FieldSubquery,
  FieldType as Selected,
  QueryBase,
} from '@jetstreamapp/soql-parser-js';
import { invalidField, invalidType, malformedQuery, NotSupported } from '../errors.ts';
import type { Field, SObject, Value } from '../schema/types.ts';
import { column } from '../store/columns.ts';
import { compileFilter, compileOrder, pathOf } from './clauses.ts';
import type { Compiler, Values } from './clauses.ts';
import { formatValue } from './format.ts';
import { callFunction } from './function.ts';
import type { Called } from './function.ts';
import { checkClauses } from './parse.ts';
import { Scope } from './scope.ts';
import { typedFields } from './typeof.ts';

/** A selected value: the SQL column `as` and where it goes in the record. */
export interface Slot {
  readonly as: string;
  readonly field: Field;
  /** Relationship names on the way, and the columns with the parents' IDs. */
  readonly path: readonly { readonly name: string; readonly idAs: string }[];
  /** Selected only where the parent, the last of the path, is of such an object (TYPEOF). */
  readonly when?: (type: string) => boolean;
  /** What is shown instead of the value (FORMAT). */
  readonly show?: (value: Value) => Value;
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
    else if (selected.type === 'FieldTypeof')
      for (const { field, sql, path, when } of typedFields(compiler.schema, scope, selected))
        slots.push({ as: add(sql), field, path: path.map(({ name, id }) => ({ name, idAs: add(id) })), when });
    else if (selected.type === 'FieldFunctionExpression') {
      const { field, sql, show } = shown(scope, selected);
      slots.push({ as: add(sql), field, path: [], ...(show ? { show } : {}) });
    } else {
      const { field, sql, path } = scope.reach(pathOf(selected));
      slots.push({ as: add(sql), field, path: path.map(({ name, id }) => ({ name, idAs: add(id) })) });
    }
  }
  checkUnique(slots);
  const parts = compileFilter(compiler, scope, query);
  const orderBy = compileOrder(scope, query);
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
  const child = compiler.schema.object(relationship.object)!;
  return {
    name: relationship.name!,
    lookup: relationship.field,
    select: compileSelect(compiler, subquery, child, [name]),
  };
}

/** `toLabel(Status)` and `FORMAT(Amount) total`: one field, under its own name or an alias. */
function shown(scope: Scope, selected: FieldFunctionExpression): Called & Pick<Slot, 'show'> {
  const { functionName, parameters, alias } = selected;
  const as = (field: Field) => (alias === undefined ? field : { ...field, name: alias });
  if (/^toLabel$/i.test(functionName)) {
    const { field, sql } = callFunction(scope, { ...selected, parameters });
    return { field: as(field), sql };
  }
  const [argument] = parameters;
  if (!/^FORMAT$/i.test(functionName) || typeof argument !== 'string')
    throw new NotSupported(`${selected.rawValue ?? functionName} in the SELECT of a query without GROUP BY in SOQL`);
  const { field, sql } = scope.reach(argument);
  return { field: as(field), sql, show: (value) => formatValue(field, value) };
}

function expand(query: QueryBase, object: SObject, selected: Selected): Selected[] {
  if (selected.type !== 'FieldFunctionExpression') return [selected];
  if (selected.functionName.toUpperCase() !== 'FIELDS') return [selected];
  const group = (selected.parameters[0] as string).toUpperCase();
  if (group !== 'STANDARD' && (query.limit === undefined || query.limit > 200))
    throw malformedQuery('The SOQL FIELDS function must have a LIMIT of at most 200');
  return object.fields
    .filter(({ custom }) => group === 'ALL' || custom === (group === 'CUSTOM'))
    .map(({ name }) => ({ type: 'Field', field: name }));
}

function checkUnique(slots: readonly Slot[]): void {
  const seen = new Set<string>();
  for (const { path, field } of slots.filter(({ when }) => !when)) {
    const name = [...path.map((step) => step.name), field.name].join('.');
    if (seen.has(name)) throw invalidField(`duplicate field selected: ${name}`);
    seen.add(name);
  }
}
