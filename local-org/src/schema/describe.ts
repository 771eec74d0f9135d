import { permissionName } from '../access/permissionable.ts';
import { controllingValues, validForBits } from './dependent-picklist.ts';
import type { Field, FieldType, Schema, SObject, Value } from './types.ts';

/** A field as describe answers it. */
export type FieldDescribe = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
};

export type ObjectDescribe = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly label: string;
  readonly keyPrefix: string;
  readonly fields: readonly FieldDescribe[];
};

/** What describeGlobal says of an object. */
export function describeBriefly(object: SObject, version: string) {
  const url = `/services/data/v${version}/sobjects/${object.name}`;
  const { name, label, labelPlural, keyPrefix, custom, createable, updateable, deletable, isEvent, view } = object;
  const { mergeable, recycleBin } = object;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable,
    custom,
    customSetting: false,
    deepCloneable: false,
    deletable,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix,
    label,
    labelPlural,
    layoutable: !isEvent,
    mergeable,
    mruEnabled: false,
    name,
    queryable: !isEvent && view === null,
    replicateable: !isEvent,
    retrieveable: !isEvent,
    searchable: false,
    triggerable: createable,
    undeletable: deletable && recycleBin,
    updateable,
    urls: {
      sobject: url,
      describe: `${url}/describe`,
      rowTemplate: `${url}/{ID}`,
    },
  };
}

export function describeObject(schema: Schema, object: SObject, version = '66.0'): ObjectDescribe {
  return {
    ...describeBriefly(object, version),
    actionOverrides: [],
    childRelationships: object.childRelationships.map(({ name, object: child, field }) => ({
      cascadeDelete: field.onDelete === 'cascade',
      childSObject: child,
      deprecatedAndHidden: false,
      field: field.name,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: name,
      restrictedDelete: field.onDelete === 'restrict',
    })),
    compactLayoutable: !object.isEvent,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: object.fields.map((field) => describeField(schema, object, field)),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [],
    searchLayoutable: !object.isEvent,
    sobjectDescribeOption: 'FULL',
    supportedScopes: object.isEvent ? [] : [{ label: `All ${object.labelPlural}`, name: 'everything' }],
  };
}

const soapTypes: Partial<Record<FieldType, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  address: 'urn:address',
  anyType: 'xsd:anyType',
};

function describeField(schema: Schema, object: SObject, field: Field): FieldDescribe {
  const controlling = controllingValues(object, field);
  const { name, label, type, custom, length, precision, scale, referenceTo } = field;
  const long = type === 'address' || type === 'anyType' || (type === 'textarea' && length > 255);
  return {
    aggregatable: !long && type !== 'boolean',
    aiPredictionField: false,
    autoNumber: field.autoNumber !== null,
    byteLength: length * 3,
    calculated: field.derived !== null && custom,
    calculatedFormula: field.formula?.source ?? null,
    cascadeDelete: field.onDelete === 'cascade',
    caseSensitive: field.caseSensitive && type !== 'reference' && type !== 'id',
    compoundFieldName: null,
    controllerName: field.controller,
    createable: field.createable,
    custom,
    defaultValue: type === 'boolean' ? field.defaultValue : null,
    defaultValueFormula:
      custom && type !== 'boolean' && field.picklist.length === 0 ? literal(field.defaultValue) : null,
    defaultedOnCreate: field.defaultValue !== null || name === 'OwnerId' || (!field.createable && !field.nillable),
    dependentPicklist: field.controller !== null,
    deprecatedAndHidden: false,
    digits: type === 'int' ? precision : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: type === 'textarea' ? 'plaintextarea' : null,
    filterable: !long,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: field.formula?.blanks === 'zero',
    groupable: !long && !['double', 'currency', 'percent', 'datetime', 'multipicklist'].includes(type),
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: type === 'id' || field.externalId || (field.nameField && field.createable),
    inlineHelpText: field.helpText,
    label,
    length,
    mask: null,
    maskType: null,
    name,
    nameField: field.nameField,
    namePointing: referenceTo.length > 1,
    nillable: field.nillable,
    permissionable: permissionName(object, field) !== undefined,
    picklistValues: field.picklist.map((entry) => ({
      active: true,
      defaultValue: entry.isDefault,
      label: entry.label,
      validFor: validForBits(entry, controlling),
      value: entry.value,
    })),
    polymorphicForeignKey: referenceTo.length > 1,
    precision: type === 'int' ? 0 : precision,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: referenceTo.filter((target) => schema.object(target)),
    relationshipName: field.relationshipName,
    relationshipOrder: custom && field.onDelete === 'cascade' ? 0 : null,
    restrictedDelete: field.onDelete === 'restrict',
    restrictedPicklist: field.restricted,
    scale,
    searchPrefilterable: false,
    soapType: soapTypes[type] ?? 'xsd:string',
    sortable: !long && type !== 'multipicklist',
    type,
    unique: field.unique,
    updateable: field.updateable,
    writeRequiresMasterRead: false,
  };
}

const literal = (value: Value) => (value === null ? null : JSON.stringify(value));
