import type { SaveOptions, SaveResult } from '../org.ts';
import type { Row, SObject } from '../schema/types.ts';
import { canonicalId } from '../store/id.ts';
import type { Dml, SaveContext } from './dml.ts';
import { RowError } from './row-error.ts';
import { save } from './save.ts';
import { modify } from './write.ts';

/** Changes records; each row carries its `Id`. */
export function update(
  dml: Dml,
  context: SaveContext,
  object: SObject,
  rows: readonly Row[],
  options: SaveOptions = {},
): SaveResult[] {
  return save(
    dml,
    context,
    rows.map((row) => {
      const id = rowId(object, row);
      return id instanceof RowError ? id : { created: false, run: () => modify(dml, context, object, id, row) };
    }),
    options,
  );
}

/** The ID that a row names, or why it cannot name one of this object. */
export function rowId(object: SObject, row: Row): string | RowError {
  const given = row['Id'] ?? row['id'];
  if (given === undefined || given === null)
    return new RowError('MISSING_ARGUMENT', 'Id not specified in an update call');
  const id = canonicalId(given);
  if (!id) return new RowError('MALFORMED_ID', `malformed id ${JSON.stringify(given)}`, ['Id']);
  return id.startsWith(object.keyPrefix)
    ? id
    : new RowError('MALFORMED_ID', `Record ID: id value of incorrect type: ${id}`, ['Id']);
}
