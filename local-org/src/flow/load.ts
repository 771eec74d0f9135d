import type { Xml } from '../metadata/xml.ts';
import type { Schema } from '../schema/types.ts';
import { collectNames } from './collect.ts';
import { elementKinds } from './elements/elements.ts';
import type { Names, Parameter } from './names.ts';
import { placeOf, refuse, type Place } from './problem.ts';
import type { Program, Step } from './program.ts';
import { declareVariable, resources } from './resources.ts';
import { compileStart, triggeringObject } from './start.ts';
import { kindName, takes } from './kind.ts';
import { compileValue } from './value.ts';

/** What a flow says about itself that does not change what it does in the local org. */
const SHOWN_ONLY = [
  ...['apiVersion', 'areMetricsLoggedToDataCloud', 'description', 'environments', 'interviewLabel', 'isTemplate'],
  ...['fullName', 'label', 'migratedFromWorkflowRuleName', 'processMetadataValues', 'runInMode', 'sourceTemplate'],
];

const KNOWN = [
  ...SHOWN_ONLY,
  ...['processType', 'start', 'status', 'triggerOrder', 'variables'],
  ...Object.keys(resources),
  ...Object.keys(elementKinds),
];

/** Every element of a flow has a name; what has none are its settings. */
const isElement = (xml: Xml) => xml.tags.includes('name');

/**
 * Compiles the active flows, by name; drafts and obsolete versions stay silent. Throws a LoadError that names the flow
 * and the element that the local org cannot run. `workflows` hold email alerts, by object.
 */
export function loadFlows(
  flows: ReadonlyMap<string, Xml>,
  schema: Schema,
  workflows: ReadonlyMap<string, Xml> = new Map(),
): ReadonlyMap<string, Program> {
  const active = [...flows].filter(([, xml]) => xml.text('status') === 'Active');
  const parametersOf = (name: string): readonly Parameter[] | undefined => {
    const xml = active.find(([each]) => each === name)?.[1];
    if (!xml || xml.one('start')?.text('triggerType') !== undefined) return undefined;
    return xml
      .all('variables')
      .map((variable) => declareVariable(placeOf(name, 'variables', variable), schema, variable));
  };
  const calls = new Map(
    active.map(([name, xml]) => [name, xml.all('subflows').map((each) => each.required('flowName'))]),
  );
  for (const [name, xml] of active)
    if (callsItself(calls, name))
      refuse({ flow: name, element: '', xml }, 'it calls itself, which the local org does not run');
  const alert: Names['alert'] = (name) => {
    const [objectName = '', alertName] = name.split('.');
    const object = schema.object(objectName);
    const xml = workflows
      .get(objectName)
      ?.all('alerts')
      .find((each) => each.text('fullName') === alertName);
    return object && xml && { object, xml };
  };
  return new Map(active.map(([name, xml]) => [name, loadFlow(name, xml, { schema, parametersOf, alert })]));
}

function callsItself(calls: ReadonlyMap<string, readonly string[]>, name: string): boolean {
  const reached = new Set<string>();
  const waiting = [...(calls.get(name) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...(calls.get(next) ?? []));
  }
  return reached.has(name);
}

function loadFlow(name: string, xml: Xml, org: Pick<Names, 'schema' | 'parametersOf' | 'alert'>): Program {
  const { schema } = org;
  const whole: Place = { flow: name, element: '', xml };
  for (const tag of xml.tags.filter((each) => !KNOWN.includes(each))) {
    const unknown = xml.all(tag).find(isElement) ?? xml.one(tag)!;
    const what = isElement(unknown) ? `element ${tag} "${unknown.required('name')}"` : `<${tag}>`;
    refuse({ ...whole, xml: unknown }, `${what} is not supported by the local org`);
  }
  const start = xml.one('start') ?? refuse(whole, 'it has no start');
  const trigger = triggeringObject(whole, schema, start);
  const names = collectNames(name, xml, { ...org, trigger });
  for (const tag of Object.keys(resources)) for (const each of xml.all(tag)) names.lookup(each.required('name'));

  const steps = new Map<string, Step>();
  for (const [tag, kind] of Object.entries(elementKinds))
    for (const element of xml.all(tag)) {
      const place = placeOf(name, tag, element);
      const elementName = element.required('name');
      if (steps.has(elementName)) refuse(place, 'another element has this name');
      steps.set(elementName, { element: place.element, ...kind.compile(place, names, element) });
    }
  const program: Program = {
    name,
    label: xml.text('label') ?? name,
    apiVersion: xml.number('apiVersion') ?? 0,
    inSystemMode: xml.text('runInMode')?.startsWith('SystemMode') ?? false,
    start: compileStart({ ...whole, element: 'start', xml: start }, names, xml.required('processType'), start),
    order: xml.number('triggerOrder') ?? UNORDERED,
    steps,
    variables: xml.all('variables').map((variable) => {
      const place = placeOf(name, 'variables', variable);
      const declared = declareVariable(place, schema, variable);
      const value = variable.one('value');
      const initial = value && compileValue(place, names, value);
      if (initial && !takes(declared.kind, initial)) refuse(place, `it takes no ${kindName(initial)}`);
      return { ...declared, initial };
    }),
  };
  checkConnectors(whole, program);
  return program;
}

/** Flows without an order run after those numbered to 1,000. */
const UNORDERED = 1000.5;

function checkConnectors(whole: Place, { start, steps }: Program): void {
  const paths = start.kind === 'record' ? start.paths.map(({ first }) => first) : [];
  for (const next of [start.first, ...paths, ...[...steps.values()].flatMap(({ leadsTo }) => leadsTo)])
    if (next !== undefined && !steps.has(next)) refuse(whole, `a connector leads to "${next}", which is not there`);
  if (start.kind !== 'record' || start.timing !== 'before save') return;
  const late = [...steps.values()].find(({ beforeSave }) => !beforeSave);
  if (late) refuse({ ...whole, element: late.element }, 'a before-save flow changes the triggering record only');
}
