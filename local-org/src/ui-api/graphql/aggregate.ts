import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLError,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import type { GraphQLFieldConfig, GraphQLFieldConfigMap, GraphQLResolveInfo, GraphQLScalarType } from 'graphql';
import type { QueryRecord } from '../../org.ts';
import type { Field, SObject } from '../../schema/types.ts';
import { fieldValue } from '../field-value.ts';
import { cursorOf, node, offsetOf, selected } from './connection.ts';
import type { Context } from './connection.ts';
import { toCondition } from './filter.ts';
import type { Filter } from './filter.ts';
import { scopeFilter } from './scope.ts';
import { GraphQLDouble, GraphQLLong, memo, scalarOf } from './types.ts';

interface Types {
  readonly filterOf: (object: SObject) => GraphQLInputObjectType;
  readonly scopeOf: (object: SObject) => GraphQLEnumType;
  readonly valueOf: (scalar: GraphQLScalarType) => GraphQLObjectType;
  readonly pageInfo: GraphQLObjectType;
}

/** Functions over a field, by the name in GraphQL: that in SOQL. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  avg: 'AVG',
  count: 'COUNT',
  countDistinct: 'COUNT_DISTINCT',
  max: 'MAX',
  min: 'MIN',
  sum: 'SUM',
};

/** Parts of dates that results can be grouped by, by the name in `groupBy`: that in the result. */
const DATE_PARTS: Readonly<Record<string, string>> = {
  CALENDAR_MONTH: 'calendarMonth',
  CALENDAR_QUARTER: 'calendarQuarter',
  CALENDAR_YEAR: 'calendarYear',
  DAY_IN_MONTH: 'dayInMonth',
  DAY_IN_WEEK: 'dayInWeek',
  DAY_ONLY: 'dayOnly',
  HOUR_IN_DAY: 'hourInDay',
};

const numeric = ['Int', 'Double', 'Currency', 'Percent'];
const unordered = ['Boolean', 'MultiPicklist', 'LongTextArea'];

/** Which functions apply to the fields of a type. */
const functionsOf = (scalar: GraphQLScalarType): string[] => {
  if (unordered.includes(scalar.name)) return [];
  return Object.keys(FUNCTIONS).filter((name) => numeric.includes(scalar.name) || !['avg', 'sum'].includes(name));
};

interface Arguments {
  readonly where?: Filter | null;
  readonly groupBy?: Readonly<Record<string, { group?: boolean; function?: string }>> | null;
  readonly scope?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** `aggregate { Lead(where, groupBy) { edges { node { aggregate { Status { value } Id { count { value } } } } } } }`. */
export function aggregateQueryType(objects: readonly SObject[], { filterOf, scopeOf, valueOf, pageInfo }: Types) {
  const aggregateOf = memo((scalar: GraphQLScalarType): GraphQLObjectType => {
    const resultOf = (name: string) =>
      name.startsWith('count') ? valueOf(GraphQLLong) : name === 'avg' ? valueOf(GraphQLDouble) : valueOf(scalar);
    const parts = scalar.name === 'Date' || scalar.name === 'DateTime' ? Object.values(DATE_PARTS) : [];
    return new GraphQLObjectType({
      name: `${scalar.name}Aggregate`,
      fields: {
        value: { type: scalar },
        displayValue: { type: GraphQLString },
        ...Object.fromEntries(functionsOf(scalar).map((name) => [name, { type: resultOf(name) }])),
        ...Object.fromEntries(
          parts.map((name) => [name, { type: valueOf(name === 'dayOnly' ? scalar : GraphQLLong) }]),
        ),
      },
    });
  });
  const clause = new GraphQLInputObjectType({ name: 'GroupByClause', fields: { group: { type: GraphQLBoolean } } });
  const dateClause = new GraphQLInputObjectType({
    name: 'GroupByDateFunction',
    fields: {
      group: { type: GraphQLBoolean },
      function: {
        type: new GraphQLEnumType({
          name: 'GroupByFunction',
          values: Object.fromEntries(Object.keys(DATE_PARTS).map((name) => [name, {}])),
        }),
      },
    },
  });

  const fieldFor = (object: SObject): GraphQLFieldConfig<unknown, Context, Arguments> => {
    const fields = object.fields.flatMap((field) => {
      const scalar = scalarOf(field);
      return scalar && scalar.name !== 'LongTextArea' ? [{ field, scalar }] : [];
    });
    const groupBy = new GraphQLInputObjectType({
      name: `${object.name}_GroupBy`,
      fields: Object.fromEntries(
        fields.map(({ field: { name }, scalar }) => [
          name,
          { type: scalar.name === 'Date' || scalar.name === 'DateTime' ? dateClause : clause },
        ]),
      ),
    });
    const aggregate = new GraphQLObjectType({
      name: `${object.name}Aggregate`,
      fields: Object.fromEntries(
        fields.map(({ field, scalar }) => [field.name, { type: aggregateOf(scalar) }]),
      ) as GraphQLFieldConfigMap<unknown, Context>,
    });
    const result = new GraphQLObjectType({ name: `${object.name}Result`, fields: { aggregate: { type: aggregate } } });
    const edge = new GraphQLObjectType({
      name: `${object.name}AggregateEdge`,
      fields: { node: { type: result }, cursor: { type: new GraphQLNonNull(GraphQLString) } },
    });
    const connection = new GraphQLObjectType({
      name: `${object.name}AggregateConnection`,
      fields: {
        edges: { type: new GraphQLList(edge) },
        pageInfo: { type: new GraphQLNonNull(pageInfo) },
        totalCount: { type: new GraphQLNonNull(GraphQLInt) },
      },
    });
    return {
      type: connection,
      args: {
        where: { type: filterOf(object) },
        groupBy: { type: groupBy },
        scope: { type: scopeOf(object) },
        first: { type: GraphQLInt },
        after: { type: GraphQLString },
      },
      resolve: (_, given, context, info) => resolveAggregate(object, given, context, info),
    };
  };
  return new GraphQLObjectType<unknown, Context>({
    name: 'RecordQueryAggregate',
    fields: () => Object.fromEntries(objects.map((object) => [object.name, fieldFor(object)])),
  });
}

/** What one selected value is: a field itself, a function of it or a part of it, and its column in the query. */
interface Column {
  readonly field: Field;
  /** `value`, `count`, `calendarYear`. */
  readonly name: string;
  readonly soql: string;
}

function resolveAggregate(object: SObject, given: Arguments, context: Context, info: GraphQLResolveInfo): object {
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
