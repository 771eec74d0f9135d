import { GraphQLEnumType, GraphQLInputObjectType, GraphQLInt, GraphQLList } from 'graphql';
import type { GraphQLInputFieldConfigMap, GraphQLInputType, GraphQLScalarType } from 'graphql';
import { literal } from '../../rest/request.ts';
import type { Field, Schema, SObject } from '../../schema/types.ts';
import { scalarOf } from './types.ts';

/** A filter as GraphQL hands it over: fields to operators, parents to filters of theirs, and `and`, `or`, `not`. */
export interface Filter {
  readonly [name: string]: unknown;
}

const COMPARISONS: Record<string, string> = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=', like: 'LIKE' };
const LISTS: Record<string, string> = { in: 'IN', nin: 'NOT IN', includes: 'INCLUDES', excludes: 'EXCLUDES' };

/** The input types `Lead_Filter` and so on. A polymorphic parent (Owner, Who) cannot be filtered here. */
export function filterTypes(schema: Schema): (object: SObject) => GraphQLInputObjectType {
  const types = new Map<string, GraphQLInputObjectType>();
  const operators = operatorTypes();
  const filterOf = (object: SObject): GraphQLInputObjectType => {
    const known = types.get(object.name);
    if (known) return known;
    const type: GraphQLInputObjectType = new GraphQLInputObjectType({
      name: `${object.name}_Filter`,
      fields: () => ({
        and: { type: new GraphQLList(type) },
        or: { type: new GraphQLList(type) },
        not: { type },
        ...Object.fromEntries(object.fields.flatMap(fieldFilters)),
      }),
    });
    types.set(object.name, type);
    return type;
  };
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

function operatorTypes(): (scalar: GraphQLScalarType) => GraphQLInputObjectType {
  const types = new Map<GraphQLScalarType, GraphQLInputObjectType>();
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
  return (scalar) => {
    const known = types.get(scalar);
    if (known) return known;
    const type = operand(scalar);
    const fields: GraphQLInputFieldConfigMap = {};
    for (const name of Object.keys(COMPARISONS)) fields[name] = { type };
    for (const name of Object.keys(LISTS)) fields[name] = { type: new GraphQLList(type) };
    const operators = new GraphQLInputObjectType({
      name: `${scalar.name === 'ID' ? 'Id' : scalar.name}Operators`,
      fields,
    });
    types.set(scalar, operators);
    return operators;
  };
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
    if (field) return comparisons(field, `${path}${name}`, test as Filter);
    const parent = schema.object(object.parent(name)!.referenceTo[0]!)!;
    return toCondition(parent, schema, test as Filter, `${path}${name}.`);
  });
  return parts.filter(Boolean).join(' AND ');
}

function comparisons(field: Field, path: string, operators: Filter): string {
  return Object.entries(operators)
    .map(([operator, operand]) => {
      const list = LISTS[operator];
      if (list) return `${path} ${list} (${(operand as unknown[]).map((one) => soqlLiteral(field, one)).join(', ')})`;
      return `${path} ${COMPARISONS[operator]!} ${soqlLiteral(field, operand)}`;
    })
    .join(' AND ');
}

function soqlLiteral(field: Field, operand: unknown): string {
  if (operand === null) return 'null';
  if (field.type === 'date' || field.type === 'datetime') return dateLiteral(operand as DateOperand);
  return typeof operand === 'string' ? literal(operand) : JSON.stringify(operand);
}

interface DateOperand {
  readonly value?: string | null;
  readonly literal?: string;
  readonly range?: Record<string, number>;
}

/** What a SOQL date may look like; anything else would be read as more SOQL. */
const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/;

function dateLiteral({ value, literal, range }: DateOperand): string {
  if (literal) return literal;
  const [[unit, count] = []] = Object.entries(range ?? {});
  if (unit) return `${unit.toUpperCase()}:${count!}`;
  if (value === null || value === undefined) return 'null';
  if (!DATE.test(value)) throw new Error(`'${value}' is not a valid date; write 2026-01-31 or 2026-01-31T09:30:00Z`);
  return value;
}
