// Platform modules that @salesforce/lightning-types does not describe.

declare module 'lightning/graphql' {
  export interface GraphqlResult<Data> {
    data?: Data;
    errors?: unknown[];
    refresh?: () => Promise<void>;
  }
  /** Stands for a parsed query. */
  export type Query = object & { readonly query: unique symbol };
  export function gql(text: TemplateStringsArray, ...values: unknown[]): Query;
  export const graphql: import('lwc').WireAdapterConstructor;
  export function executeMutation(request: {
    query: Query;
    variables?: object;
    operationName?: string;
  }): Promise<{ data?: unknown; errors?: unknown[] }>;
}

declare module 'lightning/uiObjectInfoApi' {
  export interface FieldInfo {
    apiName: string;
    label: string;
    dataType: string;
    relationshipName: string | null;
    polymorphicForeignKey: boolean;
    referenceToInfos: { apiName: string }[];
  }
  export interface ObjectInfo {
    apiName: string;
    label: string;
    labelPlural: string;
    defaultRecordTypeId: string | null;
    fields: Record<string, FieldInfo>;
    childRelationships: { relationshipName: string; childObjectApiName: string; fieldName: string }[];
  }
  export interface PicklistValues {
    values: { label: string; value: string }[];
  }
  export const getObjectInfo: import('lwc').WireAdapterConstructor;
  export const getPicklistValues: import('lwc').WireAdapterConstructor;
}

declare module 'lightning/uiRecordApi' {
  export interface FieldValue {
    value: unknown;
    displayValue: string | null;
  }
  export interface RecordRepresentation {
    id: string;
    apiName: string;
    fields: Record<string, FieldValue>;
  }
  export const getRecord: import('lwc').WireAdapterConstructor;
  export function getFieldValue(record: RecordRepresentation | undefined, field: string): unknown;
  export function createRecord(input: {
    apiName: string;
    fields: Record<string, unknown>;
  }): Promise<RecordRepresentation>;
  export function updateRecord(input: {
    fields: Record<string, unknown> & { Id: string };
  }): Promise<RecordRepresentation>;
}

declare module '@salesforce/label/*' {
  const label: string;
  export default label;
}

declare module '@salesforce/i18n/*' {
  const value: string;
  export default value;
}

declare module '@salesforce/client/formFactor' {
  const formFactor: 'Large' | 'Medium' | 'Small';
  export default formFactor;
}
