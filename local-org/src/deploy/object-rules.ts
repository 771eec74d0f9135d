import type { Xml } from '../metadata/xml.ts';
import type { Component } from './component.ts';
import { problemAt } from './problem.ts';
import type { Problem } from './problem.ts';

/** What the elements of a type must or may say, besides having the right shape. */
interface TypeRule {
  readonly needs?: readonly string[];
  /** Smallest and largest length. */
  readonly length?: readonly [number, number];
  readonly numeric?: boolean;
  readonly externalId?: boolean;
  readonly unique?: boolean;
  readonly canBeRequired?: boolean;
}

const numeric: TypeRule = { needs: ['precision', 'scale'], numeric: true };
const long: TypeRule = { needs: ['length', 'visibleLines'], length: [256, 131_072], canBeRequired: false };

const rules: Readonly<Record<string, TypeRule>> = {
  AutoNumber: { externalId: true },
  Checkbox: { needs: ['defaultValue'], canBeRequired: false },
  Currency: numeric,
  Email: { externalId: true, unique: true },
  Html: long,
  LongTextArea: long,
  Lookup: { needs: ['referenceTo'] },
  MasterDetail: { needs: ['referenceTo', 'relationshipName'], canBeRequired: false },
  MultiselectPicklist: { needs: ['valueSet', 'visibleLines'] },
  Number: { ...numeric, externalId: true, unique: true },
  Percent: numeric,
  Picklist: { needs: ['valueSet'] },
  Text: { needs: ['length'], length: [1, 255], externalId: true, unique: true },
};

/** Fields whose value is computed say less. */
const computed = (xml: Xml) => xml.one('formula') !== undefined || xml.text('type') === 'Summary';

const apiName = /^[A-Za-z](?:[A-Za-z0-9]|_(?!_))*$/;

/** An API name before its `__c`; 40 characters at most, for Salesforce adds a namespace and a suffix. */
const isName = (name: string) => apiName.test(name) && !name.endsWith('_') && name.length <= 40;

export function objectRuleProblems({ type, fullName, xml }: Component): Problem[] {
  // Of standard fields only some settings can be deployed.
  if (type === 'CustomField') return fullName.endsWith('__c') ? fieldProblems(fullName.split('.')[1]!, xml) : [];
  return type === 'CustomObject' && fullName.includes('__') ? objectProblems(fullName, xml) : [];
}

function fieldProblems(name: string, xml: Xml): Problem[] {
  const type = xml.text('type');
  if (type === undefined) return [problemAt(xml, 'Required field is missing: type')];
  const rule = rules[type] ?? {};
  const cannot = (tag: string) =>
    problemAt(xml.one(tag)!, `Can not specify '${tag}' for a CustomField of type ${type}`);
  const needs = computed(xml) ? [] : (rule.needs ?? []).filter((tag) => !xml.one(tag));
  return [
    ...(isName(name.replace(/__c$/, '')) ? [] : [problemAt(xml, badName(name))]),
    ...(xml.text('label') ? [] : [problemAt(xml, 'Required field is missing: label')]),
    ...tooLong(xml, 'label', 40),
    ...tooLong(xml, 'inlineHelpText', 510),
    ...needs.map((tag) => problemAt(xml, `Must specify '${tag}' for a CustomField of type ${type}`)),
    ...range(xml, 'length', ...(rule.length ?? [0, Infinity])),
    ...(rule.numeric
      ? [...range(xml, 'precision', 1, 18), ...range(xml, 'scale', 0, xml.number('precision') ?? 18)]
      : []),
    ...(xml.flag('externalId') && !rule.externalId ? [cannot('externalId')] : []),
    ...(xml.flag('unique') && !rule.unique ? [cannot('unique')] : []),
    ...(xml.flag('required') && rule.canBeRequired === false ? [cannot('required')] : []),
    ...duplicateValues(xml),
  ];
}

function objectProblems(name: string, xml: Xml): Problem[] {
  const isEvent = name.endsWith('__e');
  const needed = ['deploymentStatus', ...(isEvent ? ['eventType'] : ['sharingModel'])].filter((tag) => !xml.one(tag));
  const isDetail = xml.all('fields').some((field) => field.text('type') === 'MasterDetail');
  const sharing = xml.one('sharingModel');
  return [
    ...(isName(name.replace(/__[a-z]+$/, '')) ? [] : [problemAt(xml, badName(name))]),
    ...(xml.text('label') ? [] : [problemAt(xml, 'Must specify a nonempty label for the CustomObject')]),
    ...(xml.text('pluralLabel') ? [] : [problemAt(xml, 'Must specify a nonempty plural label for the CustomObject')]),
    ...needed.map((tag) => problemAt(xml, `Required field is missing: ${tag}`)),
    ...(isEvent || xml.one('nameField') ? [] : [problemAt(xml, 'Must specify a nameField for the CustomObject')]),
    ...(isDetail && sharing && sharing.value !== 'ControlledByParent'
      ? [
          problemAt(
            sharing,
            `Cannot set sharingModel to ${sharing.value} on a CustomObject with a MasterDetail relationship field`,
          ),
        ]
      : []),
  ];
}

const badName = (name: string) =>
  `The name '${name}' is not valid: it begins with a letter, holds letters, digits and single underscores, and has at most 40 characters`;

function range(xml: Xml, tag: string, least: number, most: number): Problem[] {
  const element = xml.one(tag);
  const value = xml.number(tag);
  if (!element || value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return [];
  return [problemAt(element, `${tag}: ${element.value} is not a whole number from ${least} to ${most}`)];
}

const tooLong = (xml: Xml, tag: string, most: number): Problem[] =>
  (xml.text(tag) ?? '').length > most
    ? [problemAt(xml.one(tag)!, `${tag}: data value too large: ${xml.text(tag)!} (max length=${most})`)]
    : [];

function duplicateValues(xml: Xml): Problem[] {
  const values = xml.one('valueSet')?.one('valueSetDefinition')?.all('value') ?? [];
  const names = values.map((value) => value.text('fullName')?.toLowerCase());
  return values
    .filter((_, i) => names.indexOf(names[i]) < i)
    .map((value) => problemAt(value, `Duplicate value: ${value.text('fullName') ?? ''}`));
}
