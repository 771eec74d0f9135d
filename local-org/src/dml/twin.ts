import type { Row, SObject } from '../schema/types.ts';
import type { Dml } from './dml.ts';

/** Objects that pair a record with a person, once: the lookup to the record, and those to persons. */
const pairs: Readonly<Record<string, readonly [string, ...string[]]>> = {
  CampaignMember: ['CampaignId', 'LeadId', 'ContactId'],
  OpportunityContactRole: ['OpportunityId', 'ContactId'],
};

/** Another record of such an object that pairs the same two. */
export function twinOf({ records }: Dml, object: SObject, row: Row): string | undefined {
  const [record, ...persons] = pairs[object.name] ?? [];
  if (record === undefined) return undefined;
  return persons
    .filter((person) => typeof row[person] === 'string')
    .flatMap((person) => records.find(object, object.field(person)!, row[person] as string))
    .find((id) => id !== row['Id'] && records.value(object, id, object.field(record)!) === row[record]);
}
