import { GraphQLError, Kind } from 'graphql';
import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import type { Org, QueryRecord, User } from '../../org.ts';
import { literal } from '../../rest/request.ts';
import type { SObject } from '../../schema/types.ts';
import { toCondition } from './filter.ts';
import type { Filter } from './filter.ts';
import type { Operations } from './mutation.ts';
import { toOrder, written } from './order-by.ts';
import { scopeFilter } from './scope.ts';

export interface Context {
  readonly org: Org;
  readonly user: User;
  /** Variables as sent: what GraphQL hands over has lost the order of keys. */
  readonly variables: Record<string, unknown>;
  /** Parents already read for this request, by ID and fields. */
  readonly parents: Map<string, Node | null>;
  readonly operations: Operations;
}

/** One record in an answer. */
export interface Node {
  readonly object: SObject;
  readonly record: QueryRecord;
}

export interface ConnectionArguments {
  readonly where?: Filter | null;
  readonly orderBy?: Record<string, unknown> | null;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly upperBound?: number | null;
  readonly scope?: string | null;
}

const DEFAULT_FIRST = 10;
const MOST = 2000;

/** Runs the query of one connection: `edges`, `pageInfo`, and the counts when they are asked for. */
export function resolveConnection(
  object: SObject,
  given: ConnectionArguments,
  context: Context,
  info: GraphQLResolveInfo,
  limit: Filter = {},
): object {
  const { org, user, variables } = context;
  const first = given.first ?? DEFAULT_FIRST;
  if (first < 1 || first > MOST) throw new GraphQLError(`first must be between 1 and ${MOST}, and is ${first}`);
  const offset = given.after ? offsetOf(given.after) : 0;
  const conditions = [limit, scopeFilter(given.scope, user), given.where ?? {}]
    .map((filter) => toCondition(object, org.schema, filter))
    .filter(Boolean);
  const where = conditions.length ? ` WHERE ${conditions.join(' AND ')}` : '';
  const orderByNode = info.fieldNodes[0]?.arguments?.find(({ name }) => name.value === 'orderBy')?.value;
  const order = toOrder(given.orderBy ?? {}, written(orderByNode, variables));
  const fields = fieldsIn(object, node(info), info);
  const rows = org.query(
    user,
    `SELECT ${fields.join(', ')} FROM ${object.name}${where}${order.length ? ` ORDER BY ${order.join(', ')}` : ''}` +
      ` LIMIT ${first + 1}${offset ? ` OFFSET ${offset}` : ''}`,
    { batchSize: MOST },
  ).records;
  const edges = rows
    .slice(0, first)
    .map((record, index) => ({ node: { object, record } satisfies Node, cursor: cursorOf(offset + index + 1) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: offset > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: () => org.query(user, `SELECT COUNT() FROM ${object.name}${where}`).totalSize,
    pageResultCount: edges.length,
  };
}

/** The record with this ID, with the fields asked for; null where there is none that this user may see. */
export function loadRecord(id: unknown, { org, user, parents }: Context, info: GraphQLResolveInfo): Node | null {
  if (typeof id !== 'string') return null;
  const object = org.schema.ofId(id);
  if (!object) return null;
  const fields = fieldsIn(
    object,
    info.fieldNodes.map(({ selectionSet }) => selectionSet),
    info,
  );
  const soql = `SELECT ${fields.join(', ')} FROM ${object.name} WHERE Id = ${literal(id)}`;
  let parent = parents.get(soql);
  if (parent === undefined) {
    const [record] = org.query(user, soql).records;
    parent = record ? { object, record } : null;
    parents.set(soql, parent);
  }
  return parent;
}

type Selections = readonly (SelectionSetNode | undefined)[];

/** The selections of `edges { node { ... } }`. */
export function node(info: GraphQLResolveInfo): Selections {
  const below = (sets: Selections, name: string): Selections =>
    selected(sets, info).flatMap((field) => (field.name.value === name ? [field.selectionSet] : []));
  return below(
    below(
      info.fieldNodes.map(({ selectionSet }) => selectionSet),
      'edges',
    ),
    'node',
  );
}

/** The fields of the object that a query must select: those asked for, and the lookups of the parents asked for. */
function fieldsIn(object: SObject, sets: Selections, info: GraphQLResolveInfo): string[] {
  const names = selected(sets, info).flatMap(({ name: { value } }) => {
    if (value === 'DisplayValue') return object.nameField?.name ?? [];
    if (value === 'WeakEtag') return 'SystemModstamp';
    return (object.field(value) ?? object.parent(value))?.name ?? [];
  });
  return [...new Set(['Id', ...names])];
}

/** The fields selected, also by fragments. */
export function selected(sets: Selections, info: GraphQLResolveInfo): FieldNode[] {
  return sets.flatMap((set) =>
    (set?.selections ?? []).flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
      return selected([fragment?.selectionSet], info);
    }),
  );
}

type FieldNode = Extract<SelectionSetNode['selections'][number], { kind: Kind.FIELD }>;

export const cursorOf = (position: number): string => Buffer.from(`v1:${position}`).toString('base64');

export function offsetOf(cursor: string): number {
  const position = /^v1:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (!position) throw new GraphQLError(`'${cursor}' is not a cursor of this org; hand back an endCursor as it came`);
  return Number(position);
}
