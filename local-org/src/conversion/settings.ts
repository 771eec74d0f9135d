import type { Xml } from '../metadata/xml.ts';
import type { Field, FieldType, Schema } from '../schema/types.ts';
import { standardMappings } from './mapping.ts';
import type { LeadMappings } from './mapping.ts';

/** The mappings of an org: Salesforce's own, and what the source's LeadConvertSettings say of custom fields. */
export function leadMappings(schema: Schema, settings: Xml | undefined): LeadMappings {
  const mappings: Record<string, Record<string, string>> = {
    Account: { ...standardMappings.Account },
    Contact: { ...standardMappings.Contact },
    Opportunity: { ...standardMappings.Opportunity },
  };
  for (const mapping of settings?.all('objectMapping') ?? []) {
    if (mapping.required('inputObject') !== 'Lead') mapping.fail('<inputObject> is always Lead');
    const target = mapping.required('outputObject');
    const known = mappings[target] ?? mapping.fail(`<outputObject> ${target}: Account, Contact or Opportunity`);
    for (const pair of mapping.all('mappingFields')) {
      const from = customField(schema, 'Lead', pair, 'inputField');
      const to = customField(schema, target, pair, 'outputField');
      if (!fits(from, to)) pair.fail(`Lead.${from.name} (${from.type}) does not fit ${target}.${to.name} (${to.type})`);
      known[to.name] = from.name;
    }
  }
  return mappings as unknown as LeadMappings;
}

function customField(schema: Schema, object: string, pair: Xml, tag: string): Field {
  const name = pair.required(tag);
  const field = schema.object(object)!.field(name) ?? pair.fail(`<${tag}>: ${object} has no field ${name}`);
  if (!field.custom) pair.fail(`<${tag}> ${object}.${name} is a standard field, which Salesforce maps itself`);
  return field;
}

const text: readonly FieldType[] = ['string', 'textarea', 'picklist', 'combobox'];

/** Text goes into text that is as long, everything else into its own type. */
function fits(from: Field, to: Field): boolean {
  if (to.derived !== null || !to.createable) return false;
  return from.type === to.type || (text.includes(from.type) && ['string', 'textarea'].includes(to.type))
    ? to.length >= from.length || from.type === 'picklist'
    : false;
}
