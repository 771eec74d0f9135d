import type { Field, FieldType, SObject } from '../schema/types.ts';

const DATA_TYPES: Record<FieldType, string> = {
  id: 'String',
  boolean: 'Boolean',
  string: 'String',
  textarea: 'TextArea',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  combobox: 'ComboBox',
  reference: 'Reference',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Time',
  email: 'Email',
  phone: 'Phone',
  url: 'Url',
  address: 'Address',
};

/** An object with its fields as UI API describes it, as far as components use it. */
export const objectInfo = (object: SObject): object => ({
  apiName: object.name,
  label: object.label,
  labelPlural: object.labelPlural,
  keyPrefix: object.keyPrefix,
  custom: object.custom,
  createable: object.createable,
  updateable: object.updateable,
  deletable: object.deletable,
  queryable: !object.isEvent,
  nameFields: object.nameField ? [object.nameField.name] : [],
  fields: Object.fromEntries(object.fields.map((field) => [field.name, fieldInfo(object, field)])),
  childRelationships: object.childRelationships.map(({ name, object: childObjectApiName, field }) => ({
    relationshipName: name,
    childObjectApiName,
    fieldName: field.name,
  })),
});

const fieldInfo = (object: SObject, field: Field): object => ({
  apiName: field.name,
  label: field.label,
  dataType: DATA_TYPES[field.type],
  custom: field.custom,
  required: !field.nillable,
  createable: field.createable,
  updateable: field.updateable,
  length: field.length,
  precision: field.precision,
  scale: field.scale,
  inlineHelpText: field.helpText,
  nameField: field === object.nameField,
  reference: field.type === 'reference',
  relationshipName: field.relationshipName,
  polymorphicForeignKey: field.referenceTo.length > 1,
  referenceToInfos: field.referenceTo.map((apiName) => ({ apiName })),
});
