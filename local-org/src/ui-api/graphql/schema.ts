import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLID,
  GraphQLInt,
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
import { loadParent, resolveConnection } from './connection.ts';
import type { ConnectionArguments, Context, Node } from './connection.ts';
import { filterTypes } from './filter.ts';
import { orderByTypes } from './order-by.ts';
import { scalarOf, valueTypes } from './types.ts';

type Fields = GraphQLFieldConfigMap<Node, Context>;

/** The GraphQL schema of UI API: `uiapi { query { Lead(where, orderBy, first, after) { edges { node { ... } } } } }`. */
export function buildGraphQLSchema(schema: Schema): GraphQLSchema {
  const filterOf = filterTypes(schema);
  const orderByOf = orderByTypes(schema);
  const valueOf = valueTypes();
  const objects = schema.objects.filter((object) => !object.isEvent);
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
      fields: () => ({
        Id: { type: new GraphQLNonNull(GraphQLID), resolve: ({ record }) => record['Id'] },
        ApiName: { type: new GraphQLNonNull(GraphQLString), resolve: () => object.name },
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
        resolve: ({ record }, _arguments, context, info) => loadParent(record[field.name], context, info),
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
        if (!name || !child || child.isEvent) return [];
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
      },
      resolve: (source, given, context, info) => resolveConnection(object, given, context, info, limit?.(source)),
    };
  }

  const query = new GraphQLObjectType({
    name: 'RecordQuery',
    fields: () => Object.fromEntries(objects.map((object) => [object.name, connectionField(object)])),
  });
  const uiapi = new GraphQLObjectType({ name: 'UIAPI', fields: { query: { type: query, resolve: () => ({}) } } });
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { uiapi: { type: uiapi, resolve: () => ({}) } } }),
    directives: [
      ...specifiedDirectives,
      new GraphQLDirective({ name: 'optional', locations: [DirectiveLocation.FIELD] }),
    ],
    assumeValid: true,
  });
}
