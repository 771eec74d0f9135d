import type { Row, SObject } from '../schema/types.ts';

/** Which field of the Lead goes into which field of another object; by target field. */
export type FieldMapping = Readonly<Record<string, string>>;

/** What a conversion writes, by object: the standard mapping, and the custom one of LeadConvertSettings over it. */
export interface LeadMappings {
  readonly Account: FieldMapping;
  readonly Contact: FieldMapping;
  readonly Opportunity: FieldMapping;
}

const addressParts = ['Street', 'City', 'State', 'PostalCode', 'Country', 'Latitude', 'Longitude', 'GeocodeAccuracy'];

const address = (prefix: string): FieldMapping =>
  Object.fromEntries(addressParts.map((part) => [`${prefix}${part}`, part]));

const same = (...names: string[]): FieldMapping => Object.fromEntries(names.map((name) => [name, name]));

/** Salesforce Help, "Lead Conversion Field Mapping". */
export const standardMappings: LeadMappings = {
  Account: {
    Name: 'Company',
    AccountSource: 'LeadSource',
    ...same('Phone', 'Fax', 'Website', 'Industry', 'AnnualRevenue', 'NumberOfEmployees', 'Rating'),
    ...address('Billing'),
  },
  Contact: {
    ...same('Salutation', 'FirstName', 'LastName', 'Title', 'Email', 'Phone', 'MobilePhone', 'Fax', 'LeadSource'),
    ...same('Description', 'DoNotCall', 'HasOptedOutOfEmail', 'HasOptedOutOfFax'),
    ...same('EmailBouncedReason', 'EmailBouncedDate'),
    ...address('Mailing'),
  },
  Opportunity: same('LeadSource'),
};

/** The Lead's values for a new record. */
export function mapped(mapping: FieldMapping, lead: Row): Row {
  return Object.fromEntries(
    Object.entries(mapping)
      .map(([to, from]) => [to, lead[from] ?? null] as const)
      .filter(([, value]) => value !== null),
  );
}

/** The Lead's values for a record that is there: only its empty fields are filled. */
export function missing(mapping: FieldMapping, lead: Row, object: SObject, record: Row): Row {
  return Object.fromEntries(
    Object.entries(mapped(mapping, lead)).filter(
      ([name]) => record[name] === null && object.field(name)!.type !== 'boolean',
    ),
  );
}
