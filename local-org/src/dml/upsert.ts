import type { SaveOptions, SaveResult } from '../org.ts';
import type { Field, Row, SObject } from '../schema/types.ts';
import { fold } from '../store/database.ts';
import { coerce } from './coerce.ts';
import type { Dml, SaveContext } from './dml.ts';
import { RowError } from './row-error.ts';
import { save } from './save.ts';
import type { Write } from './save.ts';
import { rowId } from './update.ts';
import { create, modify } from './write.ts';

/** Creates or changes records, found by an external ID field or by `Id`. */
export function upsert(
  dml: Dml,
  context: SaveContext,
  object: SObject,
  field: Field,
  rows: readonly Row[],
  options: SaveOptions = {},
): SaveResult[] {
  const seen = new Set<string>();
  return save(
    dml,
    context,
    rows.map((row) => {
      try {
        return field.type === 'id' ? byId(dml, context, object, row) : byKey(dml, context, object, field, row, seen);
      } catch (error) {
        if (error instanceof RowError) return error;
        throw error;
      }
    }),
    options,
  );
}

function byId(dml: Dml, context: SaveContext, object: SObject, row: Row): Write | RowError {
  if ((row['Id'] ?? row['id'] ?? '') === '') return { created: true, run: () => create(dml, context, object, row) };
  const id = rowId(object, row);
  return id instanceof RowError ? id : { created: false, run: () => modify(dml, context, object, id, row) };
}

function byKey(
  dml: Dml,
  context: SaveContext,
  object: SObject,
  field: Field,
  row: Row,
  seen: Set<string>,
): Write | RowError {
  const given = Object.keys(row).find((name) => name.toLowerCase() === field.name.toLowerCase());
  const key = coerce(field, given === undefined ? null : row[given]) as string | number | null;
  if (key === null) return new RowError('MISSING_ARGUMENT', `${field.name} not specified`);
  const once = field.caseSensitive ? String(key) : fold(String(key));
  if (seen.has(once)) return new RowError('DUPLICATE_VALUE', `Duplicate external id specified: ${key}`, [field.name]);
  seen.add(once);

  const [id, ...others] = dml.records.find(object, field, key);
  if (others.length > 0) {
    const found = [id, ...others].join(', ');
    return new RowError(
      'DUPLICATE_EXTERNAL_ID',
      `${field.name}: more than one record found for external id field: [${found}]`,
    );
  }
  return id === undefined
    ? { created: true, run: () => create(dml, context, object, row) }
    : { created: false, run: () => modify(dml, context, object, id, row) };
}
