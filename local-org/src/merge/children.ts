import type { Dml, SaveContext } from '../dml/dml.ts';
import { discard } from '../dml/remove.ts';
import { modified } from '../dml/write.ts';
import type { Field, SObject } from '../schema/types.ts';

/** Objects that hold a record once for each of another: where the master has one already, the merged record's goes. */
const once: Readonly<Record<string, string>> = {
  CampaignMember: 'CampaignId',
  OpportunityContactRole: 'OpportunityId',
};

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
  const other = child.field(once[child.name] ?? '');
  if (other && other !== field) {
    const held = dml.records.value(child, id, other) as string | null;
    const twin =
      held !== null &&
      dml.records.find(child, other, held).some((each) => each !== id && dml.records.value(child, each, field) === to);
    if (twin) {
      discard(dml, context, child, id, undefined);
      return false;
    }
  }
  // A record does not become its own parent.
  dml.records.update(child, id, { [field.name]: id === to ? null : to, ...modified(dml, context) });
  return true;
}
