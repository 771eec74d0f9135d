import type { Dml, SaveContext } from '../dml/dml.ts';
import { discard } from '../dml/remove.ts';
import { twinOf } from '../dml/twin.ts';
import { modified } from '../dml/write.ts';
import type { Field, SObject } from '../schema/types.ts';

/** Points what looks up to a merged record to the master. Returns the IDs of what was moved. */
export function moveChildren(dml: Dml, context: SaveContext, object: SObject, from: string, to: string): string[] {
  return object.childRelationships.flatMap(({ object: name, field }) => {
    const child = dml.schema.object(name)!;
    if (child.isEvent || field.derived !== null || field.name === 'MasterRecordId' || child.historyOf !== null)
      return [];
    return dml.records.find(child, field, from).filter((id) => move(dml, context, child, field, id, to));
  });
}

function move(dml: Dml, context: SaveContext, child: SObject, field: Field, id: string, to: string): boolean {
  // Where the master has one like it already, the merged record's goes.
  if (twinOf(dml, child, { ...dml.records.read(child, id), [field.name]: to }) !== undefined) {
    discard(dml, context, child, id, undefined);
    return false;
  }
  // A record does not become its own parent.
  dml.records.update(child, id, { [field.name]: id === to ? null : to, ...modified(dml, context) });
  return true;
}
