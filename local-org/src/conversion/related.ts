import type { Dml, SaveContext } from '../dml/dml.ts';
import type { Row, SObject } from '../schema/types.ts';
import { modified } from '../dml/write.ts';

/** Activities go over to the contact and to `what`; campaign members keep their Lead and get the contact too. */
export function moveRelated(dml: Dml, context: SaveContext, leadId: string, contactId: string, what: string): void {
  for (const name of ['Task', 'Event'])
    change(dml, context, name, 'WhoId', leadId, ({ WhatId }) => ({ WhoId: contactId, WhatId: WhatId ?? what }));
  const members = dml.schema.object('CampaignMember')!;
  const campaigns = new Set(rowsOf(dml, members, 'ContactId', contactId).map(({ CampaignId }) => CampaignId));
  change(dml, context, 'CampaignMember', 'LeadId', leadId, ({ CampaignId }) =>
    campaigns.has(CampaignId) ? {} : { ContactId: contactId },
  );
}

/** The campaign that the Lead became a member of last. */
export function latestCampaign(dml: Dml, leadId: string): string | null {
  const members = rowsOf(dml, dml.schema.object('CampaignMember')!, 'LeadId', leadId);
  return (members.at(-1)?.['CampaignId'] ?? null) as string | null;
}

/** Salesforce runs no triggers or flows for what it moves. */
function change(
  dml: Dml,
  context: SaveContext,
  name: string,
  lookup: string,
  id: string,
  changes: (row: Row) => Row,
): void {
  const object = dml.schema.object(name)!;
  for (const row of rowsOf(dml, object, lookup, id))
    dml.records.update(object, row['Id'] as string, { ...changes(row), ...modified(dml, context) });
}

const rowsOf = (dml: Dml, object: SObject, lookup: string, id: string): Row[] =>
  dml.records.find(object, object.field(lookup)!, id).map((found) => dml.records.read(object, found)!);
