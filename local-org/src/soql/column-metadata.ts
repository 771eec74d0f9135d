import type { Query } from '@jetstreamapp/soql-parser-js';
import type { Field, Schema, SObject } from '../schema/types.ts';
import { aggregateColumns, isAggregateQuery, isBareCount, scopeOf } from './aggregate.ts';
import type { Compiler } from './clauses.ts';
import { queryable } from './scope.ts';
import { compileSelect } from './select.ts';
import type { Select, Slot } from './select.ts';

/** A column as `columns=true` of the query resource answers it; parents and children stand in `joinColumns`. */
export interface ColumnMetadata {
  readonly aggregate: boolean;
  readonly apexType: string | null;
  readonly booleanType: boolean;
  readonly columnName: string;
  readonly custom: boolean;
  readonly displayName: string;
  readonly foreignKeyName: string | null;
  readonly insertable: boolean;
  readonly joinColumns: readonly ColumnMetadata[];
  readonly numberType: boolean;
  readonly textType: boolean;
  readonly updatable: boolean;
}

/** The whole answer; its columns are in the order of the records' keys. */
export interface QueryColumns {
  readonly columnMetadata: readonly ColumnMetadata[];
  readonly entityName: string;
  readonly groupBy: boolean;
  readonly idSelected: boolean;
  readonly keyPrefix: string;
}

/** The columns of a query instead of its records. */
export function columnMetadata(compiler: Compiler, query: Query): QueryColumns {
  const object = queryable(compiler.schema, query.sObject ?? '');
  const aggregate = isAggregateQuery(query);
  const { schema } = compiler;
  const columns = aggregate ? aggregates(compiler, query) : selected(schema, compileSelect(compiler, query, object));
  return {
    columnMetadata: columns,
    entityName: object.name,
    groupBy: query.groupBy !== undefined,
    idSelected: !aggregate && columns.some(({ columnName }) => columnName === 'Id'),
    keyPrefix: object.keyPrefix,
  };
}

/** `COUNT()` alone has no columns: its answer has no records. */
const aggregates = (compiler: Compiler, query: Query): ColumnMetadata[] =>
  isBareCount(query)
    ? []
    : aggregateColumns(scopeOf(compiler, query), query).columns.map(({ field, name, call }) => ({
        ...ofField(field),
        aggregate: call !== undefined,
        columnName: name,
        displayName: call ?? name,
        custom: call === undefined && field.custom,
        insertable: false,
        updatable: false,
      }));

const selected = (schema: Schema, { object, slots, children }: Select): ColumnMetadata[] => [
  ...columnsOf(schema, object, slots, 0),
  ...children.map(({ name, select }) => ({ ...join(name, null, selected(schema, select)), aggregate: true })),
];

/** Fields in the order selected; the fields of a parent stand together where its first one was. */
function columnsOf(
  schema: Schema,
  object: SObject | undefined,
  slots: readonly Slot[],
  depth: number,
): ColumnMetadata[] {
  const groups = Map.groupBy(slots, ({ path, field }) => path[depth]?.name ?? field);
  return [...groups].map(([key, group]) => {
    if (typeof key !== 'string') return ofField(key);
    const lookup = object?.parent(key);
    const parent = schema.object(lookup?.referenceTo[0] ?? '');
    return join(key, lookup?.name ?? null, columnsOf(schema, parent, group, depth + 1));
  });
}

const join = (name: string, foreignKeyName: string | null, joinColumns: readonly ColumnMetadata[]): ColumnMetadata => ({
  aggregate: false,
  apexType: null,
  booleanType: false,
  columnName: name,
  custom: name.endsWith('__r'),
  displayName: name,
  foreignKeyName,
  insertable: false,
  joinColumns,
  numberType: false,
  textType: false,
  updatable: false,
});

const numbers: readonly Field['type'][] = ['int', 'double', 'currency', 'percent'];
const apexTypes: Partial<Record<Field['type'], string>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  double: 'Double',
  currency: 'Decimal',
  percent: 'Double',
  date: 'Date',
  datetime: 'Datetime',
  time: 'Time',
  address: 'Address',
};

function ofField({ name, type, custom, createable, updateable }: Field): ColumnMetadata {
  return {
    ...join(name, null, []),
    apexType: apexTypes[type] ?? 'String',
    booleanType: type === 'boolean',
    custom,
    insertable: createable,
    numberType: numbers.includes(type),
    textType: apexTypes[type] === undefined,
    updatable: updateable,
  };
}
