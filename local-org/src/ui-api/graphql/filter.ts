import {
  GraphQLEnumType,
  GraphQLError,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
} from 'graphql';
import type { GraphQLInputFieldConfigMap, GraphQLInputType, GraphQLScalarType } from 'graphql';
import { literal } from '../../rest/request.ts';
import type { Field, Schema, SObject } from '../../schema/types.ts';
import { memo, scalarOf } from './types.ts';

/** A filter as GraphQL hands it over: fields to operators, parents to filters of theirs, and `and`, `or`, `not`. */
export interface Filter {
  readonly [name: string]: unknown;
}

const COMPARISONS: Record<string, string> = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=', like: 'LIKE' };
const LISTS: Record<string, string> = { in: 'IN', nin: 'NOT IN', includes: 'INCLUDES', excludes: 'EXCLUDES' };
const JOINS: Record<string, string> = { inq: 'IN', ninq: 'NOT IN' };

/** The input types `Lead_Filter` and so on. A polymorphic parent (Owner, Who) cannot be filtered here. */
export function filterTypes(schema: Schema): (object: SObject) => GraphQLInputObjectType {
  const filterOf = memo((object: SObject): GraphQLInputObjectType => {
    const type: GraphQLInputObjectType = new GraphQLInputObjectType({
      name: `${object.name}_Filter`,
      fields: () => ({
        and: { type: new GraphQLList(type) },
        or: { type: new GraphQLList(type) },
        not: { type },
        ...Object.fromEntries(object.fields.flatMap(fieldFilters)),
      }),
    });
    return type;
  });
  const operators = operatorTypes(
    new GraphQLInputObjectType({
      name: 'JoinInput',
      fields: () => ({
        ApiName: { type: new GraphQLNonNull(GraphQLString) },
        ...Object.fromEntries(schema.objects.map((object) => [object.name, { type: filterOf(object) }])),
      }),
    }),
  );
  const fieldFilters = (field: Field): [string, { type: GraphQLInputType }][] => {
    const scalar = scalarOf(field);
    if (!scalar || scalar.name === 'LongTextArea') return [];
    const own: [string, { type: GraphQLInputType }] = [field.name, { type: operators(scalar) }];
    const parent = field.referenceTo.length === 1 ? schema.object(field.referenceTo[0]!) : undefined;
    return parent && field.relationshipName ? [own, [field.relationshipName, { type: filterOf(parent) }]] : [own];
  };
  return filterOf;
}

const LITERALS = [
  ...['YESTERDAY', 'TODAY', 'TOMORROW'],
  ...['WEEK', 'MONTH', 'QUARTER', 'YEAR'].flatMap((unit) => [`LAST_${unit}`, `THIS_${unit}`, `NEXT_${unit}`]),
  ...['LAST_90_DAYS', 'NEXT_90_DAYS'],
];

/** The operators that fields of a type take; text takes all comparisons. */
const OPERATORS: Record<string, readonly string[]> = {
  ID: ['eq', 'ne', 'in', 'nin', 'inq', 'ninq'],
  Boolean: ['eq', 'ne'],
  MultiPicklist: ['eq', 'ne', 'includes', 'excludes'],
};
const ORDERED = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'nin'];
const UNLIKE = ['Int', 'Double', 'Currency', 'Percent', 'Date', 'DateTime', 'Time'];

function operatorTypes(join: GraphQLInputObjectType): (scalar: GraphQLScalarType) => GraphQLInputObjectType {
  const literal = new GraphQLEnumType({
    name: 'DateLiteral',
    values: Object.fromEntries(LITERALS.map((name) => [name, {}])),
  });
  const range = new GraphQLInputObjectType({
    name: 'DateRange',
    fields: Object.fromEntries(
      ['days', 'weeks', 'months', 'quarters', 'years'].flatMap((unit) =>
        [`last_n_${unit}`, `next_n_${unit}`, `n_${unit}_ago`].map((name) => [name, { type: GraphQLInt }]),
      ),
    ),
  });
  const operand = (scalar: GraphQLScalarType): GraphQLInputType =>
    scalar.name === 'Date' || scalar.name === 'DateTime'
      ? new GraphQLInputObjectType({
          name: `${scalar.name}Input`,
          fields: { value: { type: scalar }, literal: { type: literal }, range: { type: range } },
        })
      : scalar;
  return memo((scalar) => {
    const type = operand(scalar);
    const names = OPERATORS[scalar.name] ?? (UNLIKE.includes(scalar.name) ? ORDERED : [...ORDERED, 'like']);
    const typeOf = (name: string) => (name in JOINS ? join : name in LISTS ? new GraphQLList(type) : type);
    const fields: GraphQLInputFieldConfigMap = Object.fromEntries(names.map((name) => [name, { type: typeOf(name) }]));
    const prefix = { ID: 'Id', Int: 'Integer' }[scalar.name] ?? scalar.name;
    return new GraphQLInputObjectType({ name: `${prefix}Operators`, fields });
  });
}

/** The WHERE condition of a filter; empty where it says nothing. Conditions side by side must all hold. */
export function toCondition(object: SObject, schema: Schema, filter: Filter, path = ''): string {
  const parts = Object.entries(filter).map(([name, test]) => {
    if (name === 'and' || name === 'or') {
      const inner = (test as Filter[]).map((one) => toCondition(object, schema, one, path)).filter(Boolean);
      return inner.length ? `(${inner.join(` ${name.toUpperCase()} `)})` : '';
    }
    if (name === 'not') {
      const inner = toCondition(object, schema, test as Filter, path);
      return inner && `(NOT (${inner}))`;
    }
    const field = object.field(name);
    if (field) return comparisons(schema, field, `${path}${name}`, test as Filter);
    const parent = schema.object(object.parent(name)!.referenceTo[0]!)!;
    return toCondition(parent, schema, test as Filter, `${path}${name}.`);
  });
  return parts.filter(Boolean).join(' AND ');
}

function comparisons(schema: Schema, field: Field, path: string, operators: Filter): string {
  return Object.entries(operators)
    .map(([operator, operand]) => {
      const join = JOINS[operator];
      if (join) return `${path} ${join} (${joined(schema, operand as Filter)})`;
      const list = LISTS[operator];
      if (list) return `${path} ${list} (${(operand as unknown[]).map((one) => soqlLiteral(field, one)).join(', ')})`;
      return `${path} ${COMPARISONS[operator]!} ${soqlLiteral(field, operand)}`;
    })
    .join(' AND ');
}

/** The subquery of a semi-join: one object with the filter of its records, and the field that holds the IDs. */
function joined(schema: Schema, { ApiName, ...filters }: Filter): string {
  const [[name, filter] = ['', {}], ...more] = Object.entries(filters);
  const object = schema.object(name);
  const field = object?.field(ApiName as string);
  if (!object || !field || more.length > 0)
    throw new GraphQLError('inq and ninq take one object and, as ApiName, a field of it that holds IDs');
  const condition = toCondition(object, schema, filter as Filter);
  return `SELECT ${field.name} FROM ${object.name}${condition && ` WHERE ${condition}`}`;
}

function soqlLiteral(field: Field, operand: unknown): string {
  if (operand === null) return 'null';
  if (field.type === 'date' || field.type === 'datetime') return dateLiteral(operand as DateOperand);
  if (['int', 'double', 'currency', 'percent'].includes(field.type)) return String(Number(operand));
  return typeof operand === 'string' ? literal(operand) : JSON.stringify(operand);
}

interface DateOperand {
  readonly value?: string | null;
  readonly literal?: string;
  readonly range?: Record<string, number>;
}

function dateLiteral({ value, literal, range }: DateOperand): string {
  if (literal) return literal;
  const [[unit, count] = []] = Object.entries(range ?? {});
  if (unit) return `${unit.toUpperCase()}:${count!}`;
  if (value === null || value === undefined) return 'null';
  return value;
}
