import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  specifiedDirectives,
} from 'graphql';
import type { GraphQLFieldConfig, GraphQLFieldConfigMap, GraphQLOutputType } from 'graphql';
import type { Field, Schema, SObject } from '../../schema/types.ts';
import { fieldValue } from '../field-value.ts';
import { supportedSchema } from '../supported.ts';
import { aggregateQueryType } from './aggregate.ts';
import { loadRecord, resolveConnection } from './connection.ts';
import type { ConnectionArguments, Context, Node } from './connection.ts';
import { filterTypes } from './filter.ts';
import { mutationType } from './mutation.ts';
import { objectInfos } from './object-infos.ts';
import { orderByTypes } from './order-by.ts';
import { scopeType } from './scope.ts';
import { GraphQLLong, memo, scalarOf, valueTypes } from './types.ts';

type Fields = GraphQLFieldConfigMap<Node, Context>;

/**
 * The GraphQL schema of UI API: `uiapi { query { Lead(where, orderBy, first, after) { edges { node { ... } } } } }`,
 * `uiapi { aggregate { ... } }`, and mutations. Its types are named as Salesforce names them.
 */
export function buildGraphQLSchema(whole: Schema): GraphQLSchema {
  const schema = supportedSchema(whole);
  const filterOf = filterTypes(schema);
  const orderByOf = orderByTypes(schema);
  const valueOf = valueTypes();
  const { objects } = schema;
  const recordInterface = new GraphQLInterfaceType({
    name: 'Record',
    fields: {
      Id: { type: new GraphQLNonNull(GraphQLID) },
      ApiName: { type: new GraphQLNonNull(GraphQLString) },
      DisplayValue: { type: GraphQLString },
      WeakEtag: { type: new GraphQLNonNull(GraphQLLong) },
    },
  });
  const nodes = new Map(objects.map((object) => [object.name, nodeType(object)]));
  const connections = new Map(objects.map((object) => [object.name, connectionType(object)]));
  const pageInfo = new GraphQLObjectType({
    name: 'PageInfo',
    fields: {
      hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
      hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
      startCursor: { type: GraphQLString },
      endCursor: { type: GraphQLString },
    },
  });

  function nodeType(object: SObject): GraphQLObjectType<Node, Context> {
    return new GraphQLObjectType<Node, Context>({
      name: object.name,
      description: object.label,
      interfaces: [recordInterface],
      fields: () => ({
        Id: { type: new GraphQLNonNull(GraphQLID), resolve: ({ record }) => record['Id'] },
        ApiName: { type: new GraphQLNonNull(GraphQLString), resolve: () => object.name },
        DisplayValue: { type: GraphQLString, resolve: ({ record }) => record[object.nameField?.name ?? ''] ?? null },
        WeakEtag: {
          type: new GraphQLNonNull(GraphQLLong),
          resolve: ({ record }) => Date.parse(record['SystemModstamp'] as string),
        },
        ...(Object.assign({}, ...object.fields.map((field) => fieldsOf(object, field))) as Fields),
        ...childrenOf(object),
      }),
    });
  }

  /** A field, and the parent that it refers to. */
  function fieldsOf(object: SObject, field: Field): Fields {
    const scalar = scalarOf(field);
    if (!scalar || field.type === 'id') return {};
    const fields: Fields = {
      [field.name]: { type: valueOf(scalar), resolve: ({ record }) => fieldValue(field, record[field.name]) },
    };
    const type = parentType(object, field);
    if (type && field.relationshipName) {
      fields[field.relationshipName] = {
        type,
        resolve: ({ record }, _arguments, context, info) => loadRecord(record[field.name], context, info),
      };
    }
    return fields;
  }

  function parentType(object: SObject, field: Field): GraphQLOutputType | undefined {
    const types = field.referenceTo.flatMap((name) => nodes.get(name) ?? []);
    if (types.length < 2) return types[0];
    return new GraphQLUnionType({
      name: `${object.name}_${field.relationshipName!}`,
      types,
      resolveType: (node: Node) => node.object.name,
    });
  }

  function childrenOf(object: SObject): Fields {
    return Object.fromEntries(
      object.childRelationships.flatMap(({ name, object: childName, field }) => {
        const child = schema.object(childName);
        if (!name || !child) return [];
        return [[name, connectionField(child, ({ record }) => ({ [field.name]: { eq: record['Id'] } }))]];
      }),
    );
  }

  function connectionType(object: SObject): GraphQLObjectType {
    const edge = new GraphQLObjectType({
      name: `${object.name}Edge`,
      fields: () => ({ node: { type: nodes.get(object.name)! }, cursor: { type: new GraphQLNonNull(GraphQLString) } }),
    });
    return new GraphQLObjectType({
      name: `${object.name}Connection`,
      fields: () => ({
        edges: { type: new GraphQLList(edge) },
        pageInfo: { type: new GraphQLNonNull(pageInfo) },
        totalCount: { type: new GraphQLNonNull(GraphQLInt) },
        pageResultCount: { type: new GraphQLNonNull(GraphQLInt) },
      }),
    });
  }

  const scopeOf = memo(scopeType);

  function connectionField<Source>(
    object: SObject,
    limit?: (source: Source) => Record<string, unknown>,
  ): GraphQLFieldConfig<Source, Context, ConnectionArguments> {
    return {
      type: connections.get(object.name)!,
      args: {
        where: { type: filterOf(object) },
        orderBy: { type: orderByOf(object) },
        first: { type: GraphQLInt },
        after: { type: GraphQLString },
        upperBound: { type: GraphQLInt },
        // A child relationship is the scope of its records.
        ...(limit ? {} : { scope: { type: scopeOf(object) } }),
      },
      resolve: (source, given, context, info) => resolveConnection(object, given, context, info, limit?.(source)),
    };
  }

  const query = new GraphQLObjectType({
    name: 'RecordQuery',
    fields: () => Object.fromEntries(objects.map((object) => [object.name, connectionField(object)])),
  });
  const nothing = () => ({});
  const infos = objectInfos();
  const aggregate = aggregateQueryType(objects, { filterOf, scopeOf, valueOf, pageInfo });
  const uiapi = new GraphQLObjectType({
    name: 'UIAPI',
    fields: {
      query: { type: new GraphQLNonNull(query), resolve: nothing },
      aggregate: { type: new GraphQLNonNull(aggregate), resolve: nothing },
      objectInfos: infos.field,
    },
  });
  return new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: { uiapi: { type: new GraphQLNonNull(uiapi), resolve: nothing } },
    }),
    mutation: mutationType(objects, nodes),
    types: infos.types,
    directives: [
      ...specifiedDirectives,
      new GraphQLDirective({ name: 'optional', locations: [DirectiveLocation.FIELD] }),
      new GraphQLDirective({
        name: 'category',
        args: { name: { type: new GraphQLNonNull(GraphQLString) } },
        locations: [DirectiveLocation.FIELD],
      }),
    ],
  });
}
