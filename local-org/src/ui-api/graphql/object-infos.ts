import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import type { GraphQLFieldConfig, GraphQLFieldConfigMap, GraphQLOutputType } from 'graphql';
import { objectInfo } from '../object-info.ts';
import { masterRecordType } from '../record-type.ts';
import { isSupported } from '../supported.ts';
import type { Context } from './connection.ts';

/** Salesforce's limit to the objects of one request. */
const MOST = 2000;

type Json = Readonly<Record<string, unknown>>;

const all = (type: GraphQLOutputType, ...names: string[]): GraphQLFieldConfigMap<Json, Context> =>
  Object.fromEntries(names.map((name) => [name, { type }]));
const strings = (...names: string[]) => all(GraphQLString, ...names);
const flags = (...names: string[]) => all(GraphQLBoolean, ...names);
const lists = (...names: string[]) => all(new GraphQLList(GraphQLString), ...names);
const type = (name: string, fields: GraphQLFieldConfigMap<Json, Context>) => new GraphQLObjectType({ name, fields });

/** GraphQL writes the name of a thing as records have it. */
const ApiName: GraphQLFieldConfig<Json, Context> = {
  type: new GraphQLNonNull(GraphQLString),
  resolve: ({ apiName }) => apiName,
};

/** The values of an object: those of a map as a list. */
const valuesOf = (name: string) => (source: Json) => Object.values(source[name] as object) as unknown[];

export interface ObjectInfos {
  readonly field: GraphQLFieldConfig<unknown, Context, { apiNames: readonly string[] }>;
  /** What the schema has to be told of, since only their interface is named. */
  readonly types: readonly GraphQLObjectType[];
}

/** `objectInfos(apiNames: ["Lead"]) { ApiName label fields { ApiName dataType } }`: UI API's object info. */
export function objectInfos(): ObjectInfos {
  const referenceTo = type('ReferenceToInfo', { ApiName, ...lists('nameFields') });
  const fieldConfig = (): GraphQLFieldConfigMap<Json, Context> => ({
    ApiName,
    ...strings('compoundComponentName', 'compoundFieldName', 'controllerName', 'dataType', 'extraTypeInfo'),
    ...strings('inlineHelpText', 'label', 'referenceTargetField', 'relationshipName'),
    ...flags('calculated', 'compound', 'createable', 'custom', 'filterable', 'highScaleNumber', 'htmlFormatted'),
    ...flags('nameField', 'polymorphicForeignKey', 'reference', 'required', 'searchPrefilterable', 'sortable'),
    ...flags('unique', 'updateable'),
    ...all(GraphQLInt, 'length', 'precision', 'scale'),
    ...lists('controllingFields'),
    referenceToInfos: { type: new GraphQLList(referenceTo) },
  });
  const field = new GraphQLInterfaceType({
    name: 'Field',
    fields: fieldConfig(),
    resolveType: ({ dataType }: Json) =>
      dataType === 'Picklist' || dataType === 'MultiPicklist' ? 'PicklistField' : 'StandardField',
  });
  const value = type('PicklistValueInfo', strings('label', 'value'));
  const byRecordType = type('PicklistValuesByRecordType', {
    recordTypeID: { type: GraphQLID },
    picklistValues: { type: new GraphQLList(value) },
  });
  const picklistField = new GraphQLObjectType<Json, Context>({
    name: 'PicklistField',
    interfaces: [field],
    fields: {
      ...fieldConfig(),
      picklistValuesByRecordTypeIDs: {
        type: new GraphQLList(byRecordType),
        resolve: ({ picklistValues }) => [{ recordTypeID: masterRecordType, picklistValues }],
      },
    },
  });
  const standardField = new GraphQLObjectType<Json, Context>({
    name: 'StandardField',
    interfaces: [field],
    fields: fieldConfig(),
  });
  const child = type('ChildRelationship', {
    ...strings('childObjectApiName', 'fieldName', 'relationshipName'),
    ...lists('junctionIdListNames', 'junctionReferenceTo'),
  });
  const recordType = type('RecordTypeInfo', {
    ...flags('available', 'defaultRecordTypeMapping', 'master'),
    ...strings('name'),
    recordTypeId: { type: GraphQLID },
  });
  const info = new GraphQLObjectType<Json, Context>({
    name: 'ObjectInfo',
    fields: {
      ApiName,
      ...strings('keyPrefix', 'label', 'labelPlural'),
      ...flags('createable', 'custom', 'deletable', 'feedEnabled', 'layoutable', 'mruEnabled', 'queryable'),
      ...flags('searchable', 'updateable'),
      ...lists('nameFields'),
      defaultRecordTypeId: { type: GraphQLID },
      childRelationships: { type: new GraphQLList(child) },
      fields: { type: new GraphQLList(field), resolve: valuesOf('fields') },
      recordTypeInfos: { type: new GraphQLList(recordType), resolve: valuesOf('recordTypeInfos') },
    },
  });
  const asked: ObjectInfos['field'] = {
    type: new GraphQLList(info),
    args: { apiNames: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLString))) } },
    resolve: (_, { apiNames }, { org }) => {
      if (apiNames.length > MOST) throw new GraphQLError(`at most ${MOST} objects can be asked for`);
      return apiNames.map((name) => {
        const object = org.schema.object(name);
        if (!object || !isSupported(object)) throw new GraphQLError(`Object ${name} is not supported or accessible`);
        const described = objectInfo(object) as { fields: Record<string, object> };
        const fields = Object.fromEntries(
          Object.entries(described.fields).map(([key, each]) => [
            key,
            { ...each, picklistValues: object.field(key)!.picklist },
          ]),
        );
        return { ...described, fields };
      });
    },
  };
  return { field: asked, types: [picklistField, standardField] };
}
