import type { FieldDefinition } from '../schema/definition.ts';
import type { FieldType } from '../schema/types.ts';
import { picklistOf } from './picklist.ts';
import type { ValueSets } from './picklist.ts';
import type { Xml } from './xml.ts';

const types: Record<string, FieldType> = {
  AutoNumber: 'string',
  Checkbox: 'boolean',
  Currency: 'currency',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  Html: 'textarea',
  LongTextArea: 'textarea',
  Lookup: 'reference',
  MasterDetail: 'reference',
  MultiselectPicklist: 'multipicklist',
  Number: 'double',
  Percent: 'percent',
  Phone: 'phone',
  Picklist: 'picklist',
  Text: 'string',
  TextArea: 'textarea',
  Time: 'time',
  Url: 'url',
};

/** A CustomField element. What the local org cannot keep to (lookup filters, encryption) is refused by name. */
export function customField(xml: Xml, valueSets: ValueSets): FieldDefinition {
  const name = xml.required('fullName');
  const typeName = xml.required('type');
  if (typeName === 'Summary') return rollUp(xml, name);
  const type = types[typeName] ?? xml.fail(`field ${name}: type ${typeName} is not supported by the local org`);
  for (const tag of ['lookupFilter', 'encryptionScheme'])
    if (xml.one(tag)) xml.fail(`field ${name}: <${tag}> is not supported by the local org`);
  const common = {
    name,
    type,
    label: xml.text('label') ?? name,
    required: typeName === 'MasterDetail' || xml.flag('required'),
    externalId: xml.flag('externalId'),
    unique: xml.flag('unique'),
    caseSensitive: xml.flag('caseSensitive') && xml.flag('unique'),
    trackHistory: xml.flag('trackHistory'),
    ...optional('help', xml.text('inlineHelpText')),
    ...defaultValue(xml, type),
  };
  const source = xml.text('formula');
  if (source !== undefined) return { ...common, ...digits(xml), ...formula(xml, name, typeName, source) };
  if (type === 'reference') return { ...common, caseSensitive: true, ...lookup(xml, typeName) };
  if (typeName === 'AutoNumber')
    return { ...common, required: true, length: 30, autoNumber: xml.text('displayFormat') ?? '{0}' };
  if (type === 'picklist' || type === 'multipicklist') return { ...common, ...picklistOf(xml, name, valueSets) };
  if (type === 'boolean') return { ...common, required: true };
  return { ...common, ...optional('length', xml.number('length')), ...digits(xml) };
}

const digits = (xml: Xml) => ({
  ...optional('precision', xml.number('precision')),
  ...optional('scale', xml.number('scale')),
});

const formulaTypes = ['Checkbox', 'Currency', 'Date', 'DateTime', 'Number', 'Percent', 'Text', 'Time'];

/** Text that a formula computes has up to 1,300 characters. */
function formula(xml: Xml, name: string, typeName: string, source: string): Partial<FieldDefinition> {
  if (!formulaTypes.includes(typeName)) xml.fail(`field ${name}: a formula cannot be of the type ${typeName}`);
  const blanks = xml.text('formulaTreatBlanksAs') === 'BlankAsBlank' ? 'blank' : 'zero';
  return {
    required: false,
    formula: { source, blanks, file: xml.file },
    ...(typeName === 'Text' ? { length: 1300 } : {}),
  };
}

/** A roll-up summary. Its own metadata does not say the type of what it summarizes: numbers are taken as such. */
function rollUp(xml: Xml, name: string): FieldDefinition {
  const summarized = xml.text('summarizedField');
  return {
    name,
    type: 'double',
    label: xml.text('label') ?? name,
    precision: 18,
    scale: 0,
    ...optional('help', xml.text('inlineHelpText')),
    rollUp: {
      operation: xml.required('summaryOperation'),
      foreignKey: xml.required('summaryForeignKey'),
      summarized,
      filters: xml.all('summaryFilterItems'),
      file: xml.file,
    },
  };
}

/** A key only where there is a value. */
export function optional<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]: V });
}

function lookup(xml: Xml, typeName: string): Partial<FieldDefinition> {
  const detail = typeName === 'MasterDetail';
  const constraint = xml.text('deleteConstraint') ?? (xml.flag('required') ? 'Restrict' : 'SetNull');
  return {
    to: xml.all('referenceTo').map(({ value }) => value),
    ...optional('children', xml.text('relationshipName')),
    onDelete: detail || constraint === 'Cascade' ? 'cascade' : constraint === 'Restrict' ? 'restrict' : 'clear',
    ...(detail && !xml.flag('reparentableMasterDetail') ? { access: 'create' } : {}),
  };
}

/** Default values are formulas in metadata; literals need no evaluation. */
function defaultValue(xml: Xml, type: FieldType): Pick<FieldDefinition, 'default' | 'defaultFormula'> {
  const source = xml.text('defaultValue');
  if (source === undefined || source === '') return {};
  if (type === 'boolean') return { default: source === 'true' };
  if (/^-?\d+(\.\d+)?$/.test(source)) return { default: Number(source) };
  const quoted = /^(["'])([^"'\\]*)\1$/.exec(source);
  return quoted ? { default: quoted[2]! } : { defaultFormula: { source, file: xml.file } };
}
