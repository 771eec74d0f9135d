import * as objectInfo from 'lightning/uiObjectInfoApi';
import * as records from 'lightning/uiRecordApi';

interface Stub {
  emit(data: unknown, filter?: (config: Record<string, unknown>) => boolean): void;
  error(body?: unknown, status?: number): void;
  getLastConfig(): Record<string, unknown> | undefined;
}

/** The wire adapters as sfdx-lwc-jest stubs them. */
export const wires = {
  getObjectInfo: objectInfo.getObjectInfo as unknown as Stub,
  getPicklistValues: objectInfo.getPicklistValues as unknown as Stub,
  getRecord: records.getRecord as unknown as Stub,
};

const field = (apiName: string, label: string, dataType: string, more: object = {}) => ({
  apiName,
  label,
  dataType,
  relationshipName: null,
  referenceToInfos: [],
  ...more,
});

/** Leads and accounts, as far as the builder reads them. */
export const objects: Record<string, object> = {
  Lead: {
    apiName: 'Lead',
    defaultRecordTypeId: '012000000000000AAA',
    fields: {
      Title: field('Title', 'Title', 'String'),
      Industry: field('Industry', 'Industry', 'Picklist'),
      NumberOfEmployees: field('NumberOfEmployees', 'Employees', 'Int'),
      DoNotCall: field('DoNotCall', 'Do Not Call', 'Boolean'),
      CreatedDate: field('CreatedDate', 'Created Date', 'DateTime'),
      OwnerId: field('OwnerId', 'Owner ID', 'Reference', {
        relationshipName: 'Owner',
        referenceToInfos: [{ apiName: 'Group' }, { apiName: 'User' }],
      }),
    },
    childRelationships: [
      { relationshipName: 'Tasks', childObjectApiName: 'Task', fieldName: 'WhoId' },
      { relationshipName: null, childObjectApiName: 'Hidden', fieldName: 'LeadId' },
    ],
  },
  User: {
    apiName: 'User',
    fields: { Department: field('Department', 'Department', 'String') },
    childRelationships: [],
  },
  Task: { apiName: 'Task', fields: { Status: field('Status', 'Status', 'Picklist') }, childRelationships: [] },
};

/** Answers everybody who asks for an object. */
export function describeObjects(): void {
  for (const [name, info] of Object.entries(objects))
    wires.getObjectInfo.emit(info, ({ objectApiName }) => objectApiName === name);
}
