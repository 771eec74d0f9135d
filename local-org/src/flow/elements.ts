import type { Xml } from '../metadata/xml.ts';
import type { SObject } from '../schema/types.ts';
import { compileConditions } from './condition.ts';
import { allowOnly, refuse, type Place } from './problem.ts';
import type { CreateRecord, Decision, Element, UpdateRecords, UpdateTriggeringRecord } from './program.ts';
import type { Names } from './reference.ts';
import { compileAssignments, compileValue } from './value.ts';

const SHOWN_ONLY = ['name', 'label', 'description', 'locationX', 'locationY'];

type Compile = (place: Place, names: Names, xml: Xml) => Element;

/** The kinds of element that the local org runs, by their tag. */
export const elementKinds: Record<string, Compile> = {
  decisions: compileDecision,
  recordCreates: compileCreate,
  recordUpdates: compileUpdate,
};

/** The element that a connector leads to. */
export const target = (xml: Xml, connector = 'connector'): string | undefined =>
  xml.one(connector)?.required('targetReference');

function compileDecision(place: Place, names: Names, xml: Xml): Decision {
  allowOnly(place, xml, [...SHOWN_ONLY, 'rules', 'defaultConnector', 'defaultConnectorLabel']);
  return {
    kind: 'decision',
    outcomes: xml.all('rules').map((rule) => {
      allowOnly(place, rule, ['name', 'label', 'description', 'conditionLogic', 'conditions', 'connector']);
      const conditions = rule.all('conditions');
      return { holds: compileConditions(place, names, rule.text('conditionLogic'), conditions), next: target(rule) };
    }),
    otherwise: target(xml, 'defaultConnector'),
  };
}

function compileCreate(place: Place, names: Names, xml: Xml): CreateRecord {
  allowOnly(place, xml, [
    ...SHOWN_ONLY,
    'connector',
    'faultConnector',
    'inputAssignments',
    'object',
    'storeOutputAutomatically',
  ]);
  return { kind: 'create', name: xml.required('name'), ...dataElement(place, names, xml, objectOf(place, names, xml)) };
}

function compileUpdate(place: Place, names: Names, xml: Xml): UpdateTriggeringRecord | UpdateRecords {
  allowOnly(place, xml, [
    ...SHOWN_ONLY,
    'connector',
    'faultConnector',
    'inputAssignments',
    'inputReference',
    'object',
    'filterLogic',
    'filters',
  ]);
  const reference = xml.text('inputReference');
  if (reference === '$Record') return { kind: 'update record', ...dataElement(place, names, xml, names.object) };
  if (reference !== undefined) refuse(place, `<inputReference> ${reference} is not supported by the local org`);
  const object = objectOf(place, names, xml);
  const filters = xml.all('filters').map((filter) => {
    const operator = filter.required('operator');
    if (operator !== 'EqualTo' || !['and', undefined].includes(xml.text('filterLogic')))
      refuse(place, `only filters with EqualTo, joined by "and", are supported by the local org`);
    return { field: filter.required('field'), value: compileValue(place, names, filter.one('value')) };
  });
  // Salesforce would update every record of the object; nobody means that.
  if (filters.length === 0) refuse(place, 'an update without filters is not supported by the local org');
  checkFields(place, object, filters);
  return { kind: 'update records', filters, ...dataElement(place, names, xml, object) };
}

function dataElement(place: Place, names: Names, xml: Xml, object: SObject) {
  const assignments = compileAssignments(place, names, xml.all('inputAssignments'));
  checkFields(place, object, assignments);
  return { object, assignments, next: target(xml), fault: target(xml, 'faultConnector') };
}

function checkFields(place: Place, object: SObject, list: readonly { field: string }[]): void {
  const unknown = list.find(({ field }) => !object.field(field));
  if (unknown) refuse(place, `${object.name} has no field ${unknown.field}`);
}

function objectOf(place: Place, { schema }: Names, xml: Xml): SObject {
  const name = xml.required('object');
  return schema.object(name) ?? refuse(place, `there is no object ${name}`);
}
