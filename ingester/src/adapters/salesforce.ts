import type { Engagement } from '../engagement/engagement.ts';
import { mailboxEmail } from '../engagement/email.ts';
import { derivedId } from '../engagement/id.ts';
import { namedType } from '../engagement/types.ts';
import { Unreadable, type Adapter, type Delivery } from './adapter.ts';
import { eventsIn, readEach, required } from './batch.ts';
import { engagement, type Facts } from './build.ts';
import { canonicalParticulars, canonicalPerson } from './canonical.ts';
import { firstText, object, parseJson, present, text, tryJson, without, type Json } from './json.ts';
import { verifySharedSecret } from './secret.ts';

/** What a change of a record says somebody did, if anything. */
const readers = new Map<string, (fields: Json, isNew: boolean) => Pick<Facts, 'type' | 'found' | 'when'> | undefined>([
  [
    'CampaignMember',
    ({ HasResponded, CampaignId }) =>
      HasResponded === true
        ? { type: 'campaign.respond', when: undefined, found: { campaign: present({ id: text(CampaignId) }) } }
        : undefined,
  ],
  [
    'Task',
    ({ Status, IsClosed, Subject }) =>
      Status === 'Completed' || IsClosed === true
        ? { type: 'task.complete', when: undefined, found: { properties: present({ subject: text(Subject) }) } }
        : undefined,
  ],
  [
    'EmailMessage',
    ({ Incoming, Subject, MessageDate }, isNew) =>
      Incoming === true && isNew
        ? { type: 'email.reply', when: MessageDate, found: { campaign: present({ subject: text(Subject) }) } }
        : undefined,
  ],
  ['Engagement__c', engagementRecord],
]);

/** An engagement that a Flow or a person wrote. What the ingester wrote itself has an external ID and is not read again. */
function engagementRecord({ Type__c, External_Id__c, Occurred_At__c, Properties__c }: Json, isNew: boolean) {
  const name = text(Type__c);
  if (name === undefined || !isNew || text(External_Id__c) !== undefined) return undefined;
  const type = namedType(name);
  const properties = tryJson(Buffer.from(text(Properties__c) ?? ''));
  return { type, when: Occurred_At__c, found: { ...canonicalParticulars(properties, type), properties } };
}

/**
 * Salesforce's own change events, as Pub/Sub and CometD tell them in JSON. One event may be about several records. A
 * change that says nothing of what somebody did is no engagement; a gap is a dead letter, as its records must be read anew.
 */
export const salesforce: Adapter = {
  name: 'salesforce',
  accepted: 200,
  verify: (request, settings) => verifySharedSecret(request, settings),
  normalize: (delivery) => readEach(eventsIn(parseJson(delivery.body)), (event) => read(delivery, event)),
};

function read(delivery: Delivery, event: Json): Engagement[] {
  const payload = object(event['payload'] ?? object(event['data'])['payload']);
  const header = object(payload['ChangeEventHeader']);
  const object_ = required(header, 'entityName');
  const changeType = required(header, 'changeType');
  const records = Array.isArray(header['recordIds']) ? header['recordIds'].flatMap((id) => text(id) ?? []) : [];
  if (/^GAP_/.test(changeType)) {
    throw new Unreadable(`${changeType} of ${object_}: these records must be read anew: ${records.join(', ')}`);
  }
  const fields = without(payload, 'ChangeEventHeader');
  const found = changeType === 'DELETE' ? undefined : readers.get(object_)?.(fields, changeType === 'CREATE');
  if (found === undefined) return [];
  const { transactionKey, sequenceNumber, commitTimestamp } = header;
  return records.map((record) =>
    engagement(delivery, {
      ...found,
      id: derivedId([transactionKey, sequenceNumber, record]),
      when: found.when ?? commitTimestamp,
      person: canonicalPerson({
        email: mailboxEmail(fields['FromAddress']),
        salesforceId: personIn(fields),
        externalIds: { [object_]: record },
      }),
    }),
  );
}

/** A lead or a contact among the fields that point to one; a task may be about anything. */
function personIn(fields: Json): string | undefined {
  const id = firstText(fields, 'LeadId', 'ContactId', 'WhoId', 'Lead__c', 'Contact__c');
  return id !== undefined && /^(?:00Q|003)/.test(id) ? id : undefined;
}
