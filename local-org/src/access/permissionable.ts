import type { Field, SObject } from '../schema/types.ts';

/** Standard fields without field-level security: whoever may read the object may read them. */
const always = new Set([
  ...['Id', 'IsDeleted', 'OwnerId', 'RecordTypeId', 'MasterRecordId'],
  ...['CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'],
  ...['LastActivityDate', 'LastViewedDate', 'LastReferencedDate'],
  ...['FirstName', 'MiddleName', 'LastName', 'Salutation', 'Suffix'],
  ...['ConvertedDate', 'ConvertedAccountId', 'ConvertedContactId', 'ConvertedOpportunityId'],
  ...['CaseNumber', 'FiscalYear', 'FiscalQuarter', 'ForecastCategoryName', 'IsUnreadByOwner'],
]);

/**
 * The name under which permission sets grant a field, such as `Lead.Email`; undefined for a field that takes no grant:
 * universally required ones, master-detail lookups, names, and what the org keeps itself. An address is granted whole.
 */
export function permissionName(object: SObject, field: Field): string | undefined {
  if (object.isEvent || always.has(field.name) || field.nameField) return undefined;
  const optional = field.nillable || field.type === 'boolean' || field.autoNumber !== null;
  const computedFlag = field.type === 'boolean' && !field.custom && !field.createable;
  if (!optional || computedFlag) return undefined;
  return `${object.name}.${addressOf(object, field)?.name ?? field.name}`;
}

/** The compound address that a field is a part of. */
const addressOf = (object: SObject, { name }: Field) =>
  object.fields.find(({ type, derived }) => type === 'address' && derived?.includes(`{${name}}`));
