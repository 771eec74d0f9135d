import type { Field, FieldType, SObject } from '../schema/types.ts';
import { withETag } from './etag.ts';
import { masterRecordType } from './record-type.ts';

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
  anyType: 'AnyType',
};

/** An object with its fields as UI API describes it. */
export const objectInfo = (object: SObject): object =>
  withETag({
    apiName: object.name,
    associateEntityType: null,
    associateParentEntity: null,
    childRelationships: object.childRelationships
      .filter(({ name }) => name !== null)
      .map(({ name, object: childObjectApiName, field }) => ({
        childObjectApiName,
        fieldName: field.name,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: name,
      })),
    compactLayoutable: true,
    createable: object.createable,
    custom: object.custom,
    defaultRecordTypeId: masterRecordType,
    deletable: object.deletable,
    dependentFields: {},
    feedEnabled: false,
    fields: Object.fromEntries(object.fields.map((field) => [field.name, fieldInfo(object, field)])),
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: true,
    mruEnabled: false,
    nameFields: nameFields(object),
    queryable: !object.isEvent,
    recordTypeInfos: {
      [masterRecordType]: {
        available: true,
        defaultRecordTypeMapping: true,
        master: true,
        name: 'Master',
        recordTypeId: masterRecordType,
      },
    },
    searchLayoutable: true,
    searchable: object.recycleBin,
    themeInfo: null,
    updateable: object.updateable,
  });

/** The name, and the fields that make it up. */
const nameFields = (object: SObject): string[] => {
  const { nameField } = object;
  if (nameField === undefined) return [];
  const parts = ['FirstName', 'LastName'].filter((name) => nameField.derived !== null && object.field(name));
  return [nameField.name, ...parts];
};

/** The compound address or name that a field is a part of. */
const compoundOf = (object: SObject, { name }: Field): Field | undefined =>
  object.fields.find(
    (field) => (field.type === 'address' || field.nameField) && field.derived?.includes(`{${name}}`) === true,
  );

const isLong = ({ type, length }: Field) => type === 'address' || (type === 'textarea' && length > 255);

function fieldInfo(object: SObject, field: Field): object {
  const compound = compoundOf(object, field);
  return {
    apiName: field.name,
    calculated: field.derived !== null && field.custom,
    compound: field.type === 'address' || (field.nameField && field.derived !== null),
    compoundComponentName: compound?.type === 'address' ? componentName(compound, field) : null,
    compoundFieldName: compound?.name ?? null,
    controllerName: null,
    controllingFields: [],
    createable: field.createable,
    custom: field.custom,
    dataType: DATA_TYPES[field.type],
    extraTypeInfo: field.nameField && field.derived !== null ? 'PersonName' : null,
    filterable: !isLong(field),
    filteredLookupInfo: null,
    highScaleNumber: false,
    htmlFormatted: false,
    inlineHelpText: field.helpText,
    label: field.label,
    length: field.length,
    maskType: null,
    nameField: field === object.nameField,
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: field.precision,
    reference: field.type === 'reference',
    referenceTargetField: null,
    referenceToInfos: field.referenceTo.map((apiName) => ({
      apiName,
      nameFields: ['User', 'Lead', 'Contact'].includes(apiName) ? ['Name', 'FirstName', 'LastName'] : ['Name'],
    })),
    relationshipName: field.relationshipName,
    required: !field.nillable && field.type !== 'boolean',
    scale: field.scale,
    searchPrefilterable: false,
    sortable: !isLong(field) && field.type !== 'multipicklist',
    unique: field.unique,
    updateable: field.updateable,
  };
}

/** `Street` of `BillingStreet`. */
const componentName = (compound: Field, { name }: Field) => name.replace(compound.name.replace(/Address$/, ''), '');
