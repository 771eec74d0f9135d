import { permittedObject } from '../access/permitted.ts';
import { convertedLead } from '../dml/converted-lead.ts';
import type { Change, Dml, SaveContext } from '../dml/dml.ts';
import { noSuchRecord, RowError } from '../dml/row-error.ts';
import { save } from '../dml/save.ts';
import { createRecord, modifyRecord, readAlive } from '../dml/write.ts';
import type { LeadConversion, LeadConversionResult, SaveOptions } from '../org.ts';
import type { Row, SObject } from '../schema/types.ts';
import { canonicalId } from '../store/id.ts';
import { dateText } from '../time.ts';
import { mapped, missing } from './mapping.ts';
import type { LeadMappings } from './mapping.ts';
import { checkStatus, endOfQuarter, firstStage } from './picklists.ts';
import { latestCampaign, moveRelated } from './related.ts';

/**
 * Converts Leads as SOAP's convertLead does: each into an account, a contact and an opportunity, new ones or those that
 * are named, in one transaction each. Before-save and after-save flows of all of them run.
 */
export function convertLeads(
  dml: Dml,
  context: SaveContext,
  mappings: LeadMappings,
  conversions: readonly LeadConversion[],
  options: SaveOptions = {},
): LeadConversionResult[] {
  const made: Converted[] = [];
  const results = save(
    dml,
    context,
    conversions.map((conversion, i) => ({
      created: false,
      run: () =>
        dml.database.transaction(() => (made[i] = new Conversion(dml, context, mappings, conversion).run()).changes),
    })),
    options,
  );
  return results.map((result, i) => (result.success ? { ...result, ...made[i]!.ids } : result));
}

interface Converted {
  readonly ids: Omit<LeadConversionResult, 'success' | 'errors'>;
  readonly changes: readonly [Change, ...Change[]];
}

/** The conversion of one Lead. */
class Conversion {
  readonly #dml: Dml;
  readonly #context: SaveContext;
  readonly #mappings: LeadMappings;
  readonly #asked: LeadConversion;
  readonly #changes: Change[] = [];

  constructor(dml: Dml, context: SaveContext, mappings: LeadMappings, asked: LeadConversion) {
    this.#dml = dml;
    this.#context = context;
    this.#mappings = mappings;
    this.#asked = asked;
  }

  run(): Converted {
    const { convertedStatus, doNotCreateOpportunity, contactId, accountId, opportunityId } = this.#asked;
    const leads = this.#object('Lead');
    const lead = this.#read(leads, this.#asked.leadId);
    if (lead['IsConverted'] === true) throw convertedLead();
    permittedObject(this.#context, leads, 'updateable');
    checkStatus(this.#dml, convertedStatus);
    if (contactId !== undefined && accountId === undefined)
      throw new RowError('REQUIRED_FIELD_MISSING', 'accountId is required where contactId is given', ['accountId']);

    const account = this.#into('Account', accountId, lead, {});
    const contact = this.#into('Contact', contactId, lead, { AccountId: account });
    const opportunity =
      doNotCreateOpportunity && opportunityId === undefined
        ? undefined
        : this.#into('Opportunity', opportunityId, lead, this.#newOpportunity(lead, account));
    if (opportunity !== undefined && opportunityId === undefined) this.#addContactRole(opportunity, contact);
    moveRelated(this.#dml, this.#context, lead['Id'] as string, contact, opportunity ?? account);
    const change = modifyRecord(this.#dml, this.#context, leads, lead, {
      Status: convertedStatus,
      IsConverted: true,
      IsUnreadByOwner: false,
      ConvertedDate: dateText(this.#dml.clock()),
      ConvertedAccountId: account,
      ConvertedContactId: contact,
      ConvertedOpportunityId: opportunity ?? null,
    });
    const ids = { accountId: account, contactId: contact, ...(opportunity && { opportunityId: opportunity }) };
    return { ids, changes: [change, ...this.#changes] };
  }

  /** Creates the record, or fills what is empty in the one that is named. */
  #into(name: keyof LeadMappings, given: string | undefined, lead: Row, values: Row): string {
    const object = this.#object(name);
    const mapping = this.#mappings[name];
    permittedObject(this.#context, object, given === undefined ? 'createable' : 'updateable');
    if (given === undefined) {
      const OwnerId = this.#asked.ownerId ?? lead['OwnerId']!;
      return this.#add(
        createRecord(this.#dml, this.#context, object, { ...mapped(mapping, lead), ...values, OwnerId }),
      );
    }
    const record = this.#read(object, given);
    if ('AccountId' in values && record['AccountId'] !== values['AccountId'])
      throw new RowError('INVALID_CROSS_REFERENCE_KEY', `${object.label}: ${given} belongs to another account`);
    const changes = missing(mapping, lead, object, record);
    if (name === 'Contact' && this.#asked.overwriteLeadSource) changes['LeadSource'] = lead['LeadSource'] ?? null;
    if (Object.keys(changes).length > 0) this.#add(modifyRecord(this.#dml, this.#context, object, record, changes));
    return record['Id'] as string;
  }

  #newOpportunity(lead: Row, AccountId: string): Row {
    return {
      AccountId,
      Name: this.#asked.opportunityName ?? lead['Company'] ?? null,
      StageName: firstStage(this.#dml),
      CloseDate: endOfQuarter(this.#dml.clock()),
      CampaignId: latestCampaign(this.#dml, lead['Id'] as string),
    };
  }

  #addContactRole(OpportunityId: string, ContactId: string): void {
    const role = { OpportunityId, ContactId, IsPrimary: true };
    this.#add(createRecord(this.#dml, this.#context, this.#object('OpportunityContactRole'), role));
  }

  #add(change: Change): string {
    this.#changes.push(change);
    return change.id;
  }

  #object(name: string): SObject {
    return this.#dml.schema.object(name)!;
  }

  #read(object: SObject, given: string): Row {
    const id = canonicalId(given);
    if (!id?.startsWith(object.keyPrefix))
      throw id ? noSuchRecord() : new RowError('MALFORMED_ID', `malformed id ${given}`);
    return readAlive(this.#dml, object, id);
  }
}
