import type { SaveContext } from '../dml/dml.ts';
import { RowError } from '../dml/row-error.ts';
import type { Schema, SObject } from '../schema/types.ts';

const verbs = { createable: 'inserted', updateable: 'updated' } as const;

/** The object with the fields that whoever saves may write; refused where the object itself may not be written. */
export function permittedObject(
  { permitted: seen }: SaveContext,
  object: SObject,
  action: 'createable' | 'updateable',
): SObject {
  const permitted = seen?.object(object.name) ?? object;
  if (permitted[action]) return permitted;
  throw new RowError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be ${verbs[action]}: ${object.label}`);
}

/** Refuses the deletion of a record that whoever saves may not delete. */
export function checkDeletion({ permitted }: SaveContext, object: SObject): void {
  if (permitted && object.deletable && !permitted.object(object.name)?.deletable)
    throw new RowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}

/** Refuses a lookup to a record that whoever saves may not see. */
export function checkLookup({ permitted }: SaveContext, schema: Schema, id: string): void {
  if (permitted && schema.ofId(id) && !permitted.ofId(id))
    throw new RowError(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      `insufficient access rights on cross-reference id: ${id.slice(0, 15)}`,
    );
}
