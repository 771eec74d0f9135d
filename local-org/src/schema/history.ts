import type { FieldDefinition, ObjectDefinition } from './definition.ts';

/** Salesforce names the histories of these otherwise. */
const named: Readonly<Record<string, string>> = { Opportunity: 'OpportunityFieldHistory' };

const isTracked = ({ trackHistory = false }: FieldDefinition) => trackHistory;

/** `LeadHistory` with its `LeadId`, `Wine__History` with its `ParentId`. */
export function historyNames(object: string): { readonly name: string; readonly lookup: string } {
  return object.endsWith('__c')
    ? { name: object.replace(/__c$/, '__History'), lookup: 'ParentId' }
    : { name: named[object] ?? `${object}History`, lookup: `${object}Id` };
}

/** The objects that hold the field histories of those definitions that have any. */
export function historyDefinitions(definitions: readonly ObjectDefinition[]): ObjectDefinition[] {
  return definitions
    .filter(({ fields, isEvent }) => !isEvent && fields.some(isTracked))
    .map(({ name: of, label }): ObjectDefinition => {
      const { name, lookup } = historyNames(of);
      return {
        name,
        label: `${label} History`,
        labelPlural: `${label} History`,
        setup: true,
        readOnly: true,
        historyOf: of,
        fields: [
          { name: lookup, label: `${label} ID`, type: 'reference', to: [of], access: 'read', children: 'Histories' },
          {
            name: 'IsDeleted',
            label: 'Deleted',
            type: 'boolean',
            derived: `(SELECT h."IsDeleted" FROM "${of}" h WHERE h."Id" = {${lookup}})`,
          },
          { name: 'Field', label: 'Changed Field', type: 'picklist', access: 'read' },
          { name: 'DataType', label: 'Datatype', type: 'picklist', access: 'read' },
          { name: 'OldValue', label: 'Old Value', type: 'anyType', access: 'read' },
          { name: 'NewValue', label: 'New Value', type: 'anyType', access: 'read' },
        ],
      };
    });
}
