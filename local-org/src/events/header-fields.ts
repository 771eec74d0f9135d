import { toField } from '../schema/definition.ts';
import type { Field, FieldType } from '../schema/types.ts';

/** The fields of a change event's header that have one value: those that a filter can look at. */
const types: Readonly<Record<string, FieldType>> = {
  entityName: 'string',
  changeType: 'string',
  changeOrigin: 'string',
  transactionKey: 'string',
  sequenceNumber: 'int',
  commitTimestamp: 'double',
  commitNumber: 'double',
  commitUser: 'reference',
};

const fields: ReadonlyMap<string, Field> = new Map(
  Object.entries(types).map(([name, type]) => [name.toLowerCase(), toField({ name, type })]),
);

export const headerField = (name: string): Field | undefined => fields.get(name.toLowerCase());
