import type { SaveOptions, SaveResult } from '../org.ts';
import type { SObject } from '../schema/types.ts';
import { canonicalId } from '../store/id.ts';
import type { Change, Dml, SaveContext } from './dml.ts';
import { entityIsDeleted, noSuchRecord, RowError } from './row-error.ts';
import { save } from './save.ts';
import { modified } from './write.ts';

/** Moves records, of any objects, to the recycle bin with what hangs on them. */
export function remove(
  dml: Dml,
  context: SaveContext,
  ids: readonly string[],
  options: SaveOptions = {},
): SaveResult[] {
  return save(
    dml,
    context,
    ids.map((given) => {
      const id = canonicalId(given);
      if (!id) return new RowError('MALFORMED_ID', `malformed id ${given}`);
      const object = dml.schema.ofId(id);
      return object && !object.isEvent
        ? { created: false, run: () => dml.database.transaction(() => bin(dml, context, object, id)) }
        : noSuchRecord();
    }),
    options,
  );
}

function bin(dml: Dml, context: SaveContext, object: SObject, id: string): Change {
  const before = dml.records.read(object, id);
  if (!before) throw noSuchRecord();
  if (before['IsDeleted'] === true) throw entityIsDeleted();
  if (!object.deletable)
    throw new RowError('INSUFFICIENT_ACCESS_OR_READONLY', `entity type ${object.name} does not support delete`);
  releaseChildren(dml, context, object, id);
  if (!object.recycleBin) dml.records.erase(object, id);
  else dml.records.update(object, id, { IsDeleted: true, ...modified(dml, context) });
  return { object, id, before, after: { ...before, IsDeleted: true } };
}

/** Each record that looks up to the deleted one goes too, forgets it, or forbids the deletion, as its lookup says. */
function releaseChildren(dml: Dml, context: SaveContext, object: SObject, id: string): void {
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
      if (field.onDelete === 'cascade') bin(dml, context, child, childId);
      else if (field.nillable) dml.records.update(child, childId, { [field.name]: null, ...modified(dml, context) });
    }
  }
}
