import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import type { GraphQLFieldConfig, GraphQLFieldConfigMap, GraphQLScalarType } from 'graphql';
import type { SObject } from '../../schema/types.ts';
import { DATE_PARTS, FUNCTIONS, resolveAggregate } from './aggregate-query.ts';
import type { AggregateArguments } from './aggregate-query.ts';
import type { Context } from './connection.ts';
import { GraphQLDouble, GraphQLLong, memo, scalarOf } from './types.ts';

interface Types {
  readonly filterOf: (object: SObject) => GraphQLInputObjectType;
  readonly scopeOf: (object: SObject) => GraphQLEnumType;
  readonly valueOf: (scalar: GraphQLScalarType) => GraphQLObjectType;
  readonly pageInfo: GraphQLObjectType;
}

const numeric = ['Int', 'Double', 'Currency', 'Percent'];
const unordered = ['Boolean', 'MultiPicklist', 'LongTextArea'];

/** Which functions apply to the fields of a type. */
const functionsOf = (scalar: GraphQLScalarType): string[] => {
  if (unordered.includes(scalar.name)) return [];
  return Object.keys(FUNCTIONS).filter((name) => numeric.includes(scalar.name) || !['avg', 'sum'].includes(name));
};

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

  const fieldFor = (object: SObject): GraphQLFieldConfig<unknown, Context, AggregateArguments> => {
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
