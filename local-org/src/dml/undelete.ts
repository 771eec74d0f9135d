import type { SaveOptions, SaveResult } from '../org.ts';
import type { Row, SObject } from '../schema/types.ts';
import type { Discarded } from '../store/bin.ts';
import type { Change, Dml, SaveContext } from './dml.ts';
import { noSuchRecord, RowError } from './row-error.ts';
import { saveByIds } from './save.ts';
import { checkUnique } from './validate.ts';
import { modified } from './write.ts';

/**
 * Takes records out of the recycle bin with all that went there with them. Lookups that their deletion cleared are
 * restored unless they were set anew. No flow runs: Salesforce knows no record-triggered flow for an undelete.
 */
export function undelete(
  dml: Dml,
  context: SaveContext,
  ids: readonly string[],
  options: SaveOptions = {},
): SaveResult[] {
  return saveByIds(dml, context, ids, options, (object, id) => {
    if (!object.recycleBin)
      throw new RowError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'Entity type is not undeletable');
    const before = dml.records.read(object, id);
    if (!before) throw noSuchRecord();
    const discarded = takeOut(dml, id);
    for (const each of discarded) restore(dml, context, each);
    return { object, id, before, after: dml.records.read(object, id)! } satisfies Change;
  });
}

/** Removes records from the recycle bin: they can be queried for a while, and no longer be undeleted. */
export function emptyBin(dml: Dml, context: SaveContext, ids: readonly string[]): SaveResult[] {
  return saveByIds(dml, context, ids, {}, (object, id) => {
    const before = dml.records.read(object, id);
    if (!before) throw noSuchRecord();
    takeOut(dml, id);
    return { object, id, before, after: before };
  });
}

function takeOut(dml: Dml, id: string): Discarded[] {
  const discarded = dml.bin.take(id);
  if (discarded.length === 0) throw new RowError('UNDELETE_FAILED', 'Entity is not in the recycle bin');
  return discarded;
}

function restore(dml: Dml, context: SaveContext, { record, cleared }: Discarded): void {
  const object = dml.schema.ofId(record)!;
  const row = dml.records.read(object, record);
  if (!row) return;
  if (!cleared) {
    dml.records.update(object, record, { ...revived(dml, object, row), ...modified(dml, context) });
  } else if (row[cleared.field] === null)
    dml.records.update(object, record, { [cleared.field]: cleared.parent, ...modified(dml, context) });
}

/** What changes of a record that comes back: lookups to what has gone since are cleared, a missing master forbids it. */
function revived(dml: Dml, object: SObject, row: Row): Row {
  const changes: Row = { IsDeleted: false };
  for (const field of object.stored) {
    const value = row[field.name] ?? null;
    if (value === null) continue;
    if (field.unique) checkUnique(dml, object, row['Id'] as string, field, value as string | number);
    if (field.type !== 'reference') continue;
    const target = dml.schema.ofId(value as string);
    const gone = !target || dml.records.state(target, value as string) !== 'alive';
    if (field.name === 'MasterRecordId' || (gone && field.nillable)) changes[field.name] = null;
    else if (gone && field.onDelete === 'cascade')
      throw new RowError('UNDELETE_FAILED', `${field.label}: the record that it belongs to is deleted`, [field.name]);
  }
  return changes;
}
