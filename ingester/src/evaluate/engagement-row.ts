import type { Engagement } from '../engagement/engagement.ts';
import { sha256 } from '../engagement/id.ts';
import type { LedgerEntry, NewOutboxRow } from '../store/store.ts';
import { jsonText } from './json-text.ts';

/** External_Id__c of an engagement: hashed, as sources put slashes, spaces and people into their IDs. */
export const engagementId = (source: string, id: string): string => sha256(`${source}\n${id}`);

/** The objects that Engagement__c has a lookup for. */
const lookups = { Lead__c: 'Lead', Contact__c: 'Contact' };

/** Which records the row hangs on; of several of one object the first ID, so that it stays the same. */
export const lookupsOf = ({ records }: LedgerEntry): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(lookups).map(([field, object]) => [
      field,
      records.find((record) => record.object === object)?.id ?? null,
    ]),
  );

/** Longest Properties__c. */
const LONGEST = 32_768;

/** The Engagement__c row. Who engaged stands on the record; addresses and IPs are not repeated here. */
export function engagementRow(
  { engagement, delivery, acceptedAt }: LedgerEntry,
  lookups: object,
  record: string,
): NewOutboxRow {
  const id = engagementId(engagement.source, engagement.id);
  return {
    target: `Engagement__c/${id}`,
    object: 'Engagement__c',
    record,
    payload: {
      External_Id__c: id,
      Type__c: engagement.type,
      Occurred_At__c: engagement.occurredAt,
      Source__c: engagement.source,
      Verdict__c: engagement.automated?.verdict ?? null,
      Properties__c: properties(engagement),
      ...lookups,
    },
    delivery,
    acceptedAt,
  };
}

/** What is too long for the field is left out, the largest part first; the ledger has it all. */
function properties({ campaign, link, page, form, meeting, tag, list, bounce, properties }: Engagement): string | null {
  let parts = Object.entries({ campaign, link, page, form, meeting, tag, list, bounce, ...properties });
  parts = parts.filter(([, value]) => value !== undefined);
  const size = ([, value]: [string, unknown]) => JSON.stringify(value).length;
  while (jsonText(Object.fromEntries(parts)).length > LONGEST) {
    const largest = parts.reduce((a, b) => (size(b) > size(a) ? b : a));
    parts = parts.filter((part) => part !== largest);
  }
  return parts.length === 0 ? null : jsonText(Object.fromEntries(parts));
}
