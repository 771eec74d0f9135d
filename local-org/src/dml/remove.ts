import type { RemoveOptions, SaveResult } from '../org.ts';
import type { SObject } from '../schema/types.ts';
import type { Change, Dml, SaveContext } from './dml.ts';
import { entityIsDeleted, noSuchRecord, RowError } from './row-error.ts';
import { saveByIds } from './save.ts';
import { modified } from './write.ts';

/** Moves records, of any objects, to the recycle bin with what hangs on them; `hard` leaves them out of the bin. */
export function remove(
  dml: Dml,
  context: SaveContext,
  ids: readonly string[],
  { hard = false, ...options }: RemoveOptions = {},
): SaveResult[] {
  return saveByIds(dml, context, ids, options, (object, id) => {
    dml.automation.beforeDelete(context, object, id);
    return discard(dml, context, object, id, hard ? undefined : id);
  });
}

/** Deletes one record. `root` is the record whose deletion takes it along: what the bin keeps it under. */
export function discard(dml: Dml, context: SaveContext, object: SObject, id: string, root: string | undefined): Change {
  const before = dml.records.read(object, id);
  if (!before) throw noSuchRecord();
  if (before['IsDeleted'] === true) throw entityIsDeleted();
  if (!object.deletable)
    throw new RowError('INSUFFICIENT_ACCESS_OR_READONLY', `entity type ${object.name} does not support delete`);
  if (root !== undefined && object.recycleBin) dml.bin.add(root, { record: id, cleared: null });
  releaseChildren(dml, context, object, id, root);
  if (!object.recycleBin) dml.records.erase(object, id);
  else dml.records.update(object, id, { IsDeleted: true, ...modified(dml, context) }, before);
  return { object, id, before, after: { ...before, IsDeleted: true } };
}

/** Each record that looks up to the deleted one goes too, forgets it, or forbids the deletion, as its lookup says. */
function releaseChildren(dml: Dml, context: SaveContext, object: SObject, id: string, root: string | undefined): void {
  for (const relationship of object.childRelationships) {
    const child = dml.schema.object(relationship.object)!;
    const { field } = relationship;
    if (child.isEvent || field.derived !== null || (!field.createable && field.onDelete === 'clear')) continue;
    for (const childId of dml.records.find(child, field, id)) {
      if (field.onDelete === 'restrict')
        throw new RowError(
          'DELETE_FAILED',
          `Your attempt to delete ${id} could not be completed because it is associated with the following ${child.labelPlural}: ${childId}`,
        );
      if (field.onDelete === 'cascade') discard(dml, context, child, childId, root);
      else if (field.nillable) {
        if (root !== undefined) dml.bin.add(root, { record: childId, cleared: { field: field.name, parent: id } });
        dml.records.update(child, childId, { [field.name]: null, ...modified(dml, context) });
      }
    }
  }
}
