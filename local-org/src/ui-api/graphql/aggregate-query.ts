import { GraphQLError } from 'graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { QueryRecord } from '../../org.ts';
import type { Field, SObject } from '../../schema/types.ts';
import { fieldValue } from '../field-value.ts';
import { cursorOf, node, offsetOf, selected } from './connection.ts';
import type { Context } from './connection.ts';
import { toCondition } from './filter.ts';
import type { Filter } from './filter.ts';
import { scopeFilter } from './scope.ts';

/** Functions over a field, by the name in GraphQL: that in SOQL. */
export const FUNCTIONS: Readonly<Record<string, string>> = {
  avg: 'AVG',
  count: 'COUNT',
  countDistinct: 'COUNT_DISTINCT',
  max: 'MAX',
  min: 'MIN',
  sum: 'SUM',
};

/** Parts of dates that results can be grouped by, by the name in `groupBy`: that in the result. */
export const DATE_PARTS: Readonly<Record<string, string>> = {
  CALENDAR_MONTH: 'calendarMonth',
  CALENDAR_QUARTER: 'calendarQuarter',
  CALENDAR_YEAR: 'calendarYear',
  DAY_IN_MONTH: 'dayInMonth',
  DAY_IN_WEEK: 'dayInWeek',
  DAY_ONLY: 'dayOnly',
  HOUR_IN_DAY: 'hourInDay',
};

export interface AggregateArguments {
  readonly where?: Filter | null;
  readonly groupBy?: Readonly<Record<string, { group?: boolean; function?: string }>> | null;
  readonly scope?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** What one selected value is: a field itself, a function of it or a part of it, and its column in the query. */
interface Column {
  readonly field: Field;
  /** `value`, `count`, `calendarYear`. */
  readonly name: string;
  readonly soql: string;
}

/** Runs an aggregate query: one edge for each group, or one for all records. */
export function resolveAggregate(
  object: SObject,
  given: AggregateArguments,
  context: Context,
  info: GraphQLResolveInfo,
): object {
  const { org, user } = context;
  const groups = Object.entries(given.groupBy ?? {}).flatMap(([name, by]) =>
    by.function ? `${by.function}(${name})` : by.group ? name : [],
  );
  const columns = columnsIn(object, info);
  for (const { name, soql } of columns)
    if (!(name in FUNCTIONS) && !groups.includes(soql)) throw new GraphQLError(`${soql} is not in groupBy`);
  const conditions = [scopeFilter(given.scope, user), given.where ?? {}]
    .map((filter) => toCondition(object, org.schema, filter))
    .filter(Boolean);
  const select = [
    ...groups.map((group, i) => `${group} g${i}`),
    'COUNT(Id) n',
    ...columns.map(({ soql }, i) => `${soql} c${i}`),
  ];
  const where = conditions.length ? ` WHERE ${conditions.join(' AND ')}` : '';
  const groupBy = groups.length ? ` GROUP BY ${groups.join(', ')} ORDER BY ${groups.join(', ')}` : '';
  const rows = org.query(user, `SELECT ${select.join(', ')} FROM ${object.name}${where}${groupBy}`).records;
  const offset = given.after ? offsetOf(given.after) : 0;
  const page = rows.slice(offset, offset + (given.first ?? 10));
  const edges = page.map((row, i) => ({
    node: { aggregate: shaped(columns, row) },
    cursor: cursorOf(offset + i + 1),
  }));
  return {
    edges,
    pageInfo: {
      hasNextPage: offset + page.length < rows.length,
      hasPreviousPage: offset > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: rows.length,
  };
}

function columnsIn(object: SObject, info: GraphQLResolveInfo): Column[] {
  const aggregates = selected(node(info), info).filter(({ name }) => name.value === 'aggregate');
  const fields = selected(
    aggregates.map(({ selectionSet }) => selectionSet),
    info,
  );
  const columns = fields.flatMap(({ name: { value: fieldName }, selectionSet }) => {
    const field = object.field(fieldName)!;
    return selected([selectionSet], info).flatMap(({ name: { value: asked } }): Column[] => {
      const name = asked === 'displayValue' ? 'value' : asked;
      if (name.startsWith('__')) return [];
      const [part] = Object.entries(DATE_PARTS).find(([, result]) => result === name) ?? [];
      const call = FUNCTIONS[name] ?? part;
      return [{ field, name, soql: call ? `${call}(${field.name})` : field.name }];
    });
  });
  return columns.filter((column, i) => columns.findIndex(({ soql }) => soql === column.soql) === i);
}

function shaped(columns: readonly Column[], row: QueryRecord): object {
  const fields: Record<string, Record<string, unknown>> = {};
  columns.forEach(({ field, name }, i) => {
    const raw = row[`c${i}`];
    const at = (fields[field.name] ??= {});
    if (name === 'value') Object.assign(at, fieldValue(field, raw));
    else at[name] = fieldValue(resultField(field, name), raw);
  });
  return fields;
}

/** A field of the type that a function's result has. */
function resultField(field: Field, name: string): Field {
  if (name === 'max' || name === 'min' || name === 'sum') return field;
  if (name === 'avg') return { ...field, type: field.type === 'int' ? 'double' : field.type };
  return { ...field, type: name === 'dayOnly' ? 'date' : 'int', scale: 0 };
}
