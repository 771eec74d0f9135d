import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLNonNull,
  GraphQLObjectType,
} from 'graphql';
import type { GraphQLFieldConfig, GraphQLFieldConfigMap, GraphQLInputFieldConfigMap } from 'graphql';
import type { SaveResult } from '../../org.ts';
import type { Field, Row, SObject } from '../../schema/types.ts';
import { loadRecord } from './connection.ts';
import type { Context, Node } from './connection.ts';
import { IdOrRef, scalarOf } from './types.ts';

/** How the operations of one request went so far. */
export interface Operations {
  /** One that fails undoes all (the default). */
  allOrNone: boolean;
  failed: boolean;
  /** IDs of what was created or deleted, by the alias of the operation, for `@{alias}`. */
  readonly ids: Map<string, string>;
}

export const noOperations = (): Operations => ({ allOrNone: true, failed: false, ids: new Map() });

interface Input {
  readonly Id?: string;
  readonly [object: string]: unknown;
}

type Operation = GraphQLFieldConfig<unknown, Context, { input: Input }>;

/** `Mutation { uiapi(input: { allOrNone }) { LeadCreate(input) LeadUpdate(input) LeadDelete(input) } }`. */
export function mutationType(
  objects: readonly SObject[],
  nodes: ReadonlyMap<string, GraphQLObjectType<Node, Context>>,
): GraphQLObjectType {
  const deletion = deleteTypes();
  const operations: GraphQLFieldConfigMap<unknown, Context> = {};
  for (const object of objects) {
    const node = nodes.get(object.name)!;
    if (object.createable) operations[`${object.name}Create`] = saving(object, node, 'Create');
    if (object.updateable) operations[`${object.name}Update`] = saving(object, node, 'Update');
    if (object.deletable) operations[`${object.name}Delete`] = deleting(object, deletion);
  }
  const mutations = new GraphQLObjectType({ name: 'UIAPIMutations', fields: operations });
  const input = new GraphQLInputObjectType({
    name: 'UIAPIMutationsInput',
    fields: { allOrNone: { type: GraphQLBoolean } },
  });
  return new GraphQLObjectType<unknown, Context>({
    name: 'Mutation',
    fields: {
      uiapi: {
        type: new GraphQLNonNull(mutations),
        args: { input: { type: input } },
        resolve: (_, { input: given }: { input?: { allOrNone?: boolean | null } | null }, { operations: state }) => {
          state.allOrNone = given?.allOrNone ?? true;
          return {};
        },
      },
    },
  });
}

function saving(object: SObject, node: GraphQLObjectType<Node, Context>, action: 'Create' | 'Update'): Operation {
  const { name } = object;
  const access = action === 'Create' ? 'createable' : 'updateable';
  const representation = new GraphQLInputObjectType({
    name: `${name}${action}Representation`,
    fields: Object.fromEntries(
      object.fields.filter((field) => field[access]).flatMap((field) => inputField(field, action)),
    ),
  });
  const input = new GraphQLInputObjectType({
    name: `${name}${action}Input`,
    fields: {
      ...(action === 'Update' ? { Id: { type: new GraphQLNonNull(IdOrRef) } } : {}),
      [name]: { type: new GraphQLNonNull(representation) },
    },
  });
  const payload = new GraphQLObjectType<{ id: string }, Context>({
    name: `${name}${action}Payload`,
    fields: { Record: { type: node, resolve: ({ id }, _, context, info) => loadRecord(id, context, info) } },
  });
  return {
    type: payload,
    args: { input: { type: new GraphQLNonNull(input) } },
    resolve: (_, { input: given }, context, info) => {
      const { org, user } = context;
      return run(context, String(info.path.key), action === 'Create', () => {
        const fields = Object.entries(given[name] as Row).map(([field, value]) => [field, resolved(context, value)]);
        const row = Object.fromEntries(fields) as Row;
        return action === 'Create'
          ? org.insert(user, name, [row])[0]!
          : org.update(user, name, [{ ...row, Id: resolved(context, given.Id!) }])[0]!;
      });
    },
  };
}

function inputField(field: Field, action: 'Create' | 'Update'): [string, GraphQLInputFieldConfigMap[string]][] {
  const scalar = field.type === 'reference' ? IdOrRef : scalarOf(field);
  if (!scalar) return [];
  const required = action === 'Create' && !field.nillable && field.defaultValue === null && field.name !== 'OwnerId';
  return [[field.name, { type: required ? new GraphQLNonNull(scalar) : scalar }]];
}

interface DeleteTypes {
  readonly input: GraphQLInputObjectType;
  readonly payload: GraphQLObjectType;
}

const deleteTypes = (): DeleteTypes => ({
  input: new GraphQLInputObjectType({
    name: 'RecordDeleteInput',
    fields: { Id: { type: new GraphQLNonNull(IdOrRef) } },
  }),
  payload: new GraphQLObjectType<{ id: string }>({
    name: 'RecordDeletePayload',
    fields: { Id: { type: GraphQLID, resolve: ({ id }) => id } },
  }),
});

const deleting = (object: SObject, { input, payload }: DeleteTypes): Operation => ({
  type: payload,
  args: { input: { type: new GraphQLNonNull(input) } },
  resolve: (_, { input: given }, context, info) =>
    run(context, String(info.path.key), true, () => {
      const id = resolved(context, given.Id!) as string;
      if (context.org.schema.ofId(id)?.name !== object.name)
        throw new GraphQLError(`${id} is not the ID of a record of ${object.name}`);
      return context.org.remove(context.user, [id])[0]!;
    }),
});

/** Runs an operation; one that comes after a failure that undoes all is not tried. */
function run({ operations }: Context, alias: string, referable: boolean, work: () => SaveResult): { id: string } {
  if (operations.failed && operations.allOrNone)
    throw new GraphQLError('This operation was rolled back because another operation of the request failed.');
  try {
    const { success, id, errors } = work();
    if (!success || id === undefined) throw new GraphQLError(errors[0]?.message ?? 'the record was not saved');
    if (referable) operations.ids.set(alias, id);
    return { id };
  } catch (error) {
    operations.failed = true;
    throw error;
  }
}

/** The ID behind `@{alias}`; other values as they are. */
function resolved({ operations }: Context, value: Row[string]): Row[string] {
  const alias = typeof value === 'string' ? /^@\{(.+)\}$/.exec(value)?.[1] : undefined;
  if (alias === undefined) return value;
  const id = operations.ids.get(alias);
  if (id === undefined) throw new GraphQLError(`@{${alias}} refers to no record that was created or deleted before`);
  return id;
}
