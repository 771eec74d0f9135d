import { GraphQLEnumType, GraphQLInputObjectType, Kind } from 'graphql';
import type { GraphQLInputType, ValueNode } from 'graphql';
import type { Field, Schema, SObject } from '../../schema/types.ts';
import { memo, scalarOf } from './types.ts';

/** The input types `Lead_OrderBy` and so on. */
export function orderByTypes(schema: Schema): (object: SObject) => GraphQLInputObjectType {
  const values = (...names: string[]): Record<string, object> => Object.fromEntries(names.map((name) => [name, {}]));
  const clause = new GraphQLInputObjectType({
    name: 'OrderByClause',
    fields: {
      order: { type: new GraphQLEnumType({ name: 'ResultOrder', values: values('ASC', 'DESC') }) },
      nulls: { type: new GraphQLEnumType({ name: 'NullOrder', values: values('FIRST', 'LAST') }) },
    },
  });
  const orderByOf = memo(
    (object: SObject): GraphQLInputObjectType =>
      new GraphQLInputObjectType({
        name: `${object.name}_OrderBy`,
        fields: () => Object.fromEntries(object.fields.flatMap(fieldOrders)),
      }),
  );
  const fieldOrders = (field: Field): [string, { type: GraphQLInputType }][] => {
    const scalar = scalarOf(field);
    if (!scalar || scalar.name === 'LongTextArea') return [];
    const own: [string, { type: GraphQLInputType }] = [field.name, { type: clause }];
    const parent = field.referenceTo.length === 1 ? schema.object(field.referenceTo[0]!) : undefined;
    return parent && field.relationshipName ? [own, [field.relationshipName, { type: orderByOf(parent) }]] : [own];
  };
  return orderByOf;
}

interface Clause {
  readonly order?: string;
  readonly nulls?: string;
}

/**
 * The ORDER BY list. GraphQL hands the fields over in the order of the schema; `keys` gives back the order in which they
 * were written, which is what Salesforce sorts by.
 */
export function toOrder(orderBy: Record<string, unknown>, written: Written, path = ''): string[] {
  const names = Object.keys(orderBy).sort((a, b) => written.keys.indexOf(a) - written.keys.indexOf(b));
  return names.flatMap((name) => {
    const value = orderBy[name] as Clause & Record<string, unknown>;
    const { order, nulls } = value;
    if (!order && !nulls) return toOrder(value, written.below(name), `${path}${name}.`);
    return [`${path}${name} ${order ?? 'ASC'}${nulls ? ` NULLS ${nulls}` : ''}`];
  });
}

/** An input object as written: its keys in order. */
export interface Written {
  readonly keys: readonly string[];
  below(key: string): Written;
}

export function written(node: ValueNode | undefined, variables: Record<string, unknown>): Written {
  if (node?.kind === Kind.VARIABLE) return writtenValue(variables[node.name.value]);
  const fields = node?.kind === Kind.OBJECT ? node.fields : [];
  return {
    keys: fields.map((field) => field.name.value),
    below: (key) => written(fields.find((field) => field.name.value === key)?.value, variables),
  };
}

function writtenValue(value: unknown): Written {
  const object = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { keys: Object.keys(object), below: (key) => writtenValue(object[key]) };
}
