import type { FieldDefinition, ObjectDefinition } from './definition.ts';
import type { Field, SObject } from './types.ts';

/** Salesforce names the histories of these otherwise. */
const named: Readonly<Record<string, string>> = { Opportunity: 'OpportunityFieldHistory' };

const isTracked = ({ trackHistory = false }: FieldDefinition) => trackHistory;

/** What a history tells that is no change of a field. */
export type HistoryMark = 'created' | 'leadConverted';
const marks: readonly HistoryMark[] = ['created', 'leadConverted'];

/** What a field is called in a history: `Owner` for OwnerId. */
export const historyFieldName = ({ name, custom }: Field): string => (custom ? name : name.replace(/Id$/, ''));

/** What the history of an object may tell somebody who sees it with these fields. */
export const toldByHistory = (object: SObject): string[] => [...marks, ...object.fields.map(historyFieldName)];

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
