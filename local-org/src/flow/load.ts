import type { Xml } from '../metadata/xml.ts';
import type { Schema } from '../schema/types.ts';
import { compileConditions } from './condition.ts';
import { elementKinds, target } from './elements.ts';
import { compileFlowFormula, formulaTypes } from './formula.ts';
import { allowOnly, refuse, type Place } from './problem.ts';
import type { Element, Expression, Program } from './program.ts';
import { compileText, type Names } from './reference.ts';

/** What a flow says about itself that does not change what it does. */
const SHOWN_ONLY = [
  'apiVersion',
  'areMetricsLoggedToDataCloud',
  'description',
  'environments',
  'interviewLabel',
  'label',
  'processMetadataValues',
];

const RESOURCES = ['formulas', 'textTemplates'];

/** Every element of a flow has a name; what has none are its settings. */
const isElement = (xml: Xml) => xml.tags.includes('name');

/** Compiles the active flows. Throws a LoadError that names the flow and the element that the local org cannot run. */
export function loadFlows(flows: ReadonlyMap<string, Xml>, schema: Schema): Program[] {
  return [...flows]
    .filter(([, xml]) => xml.text('status') === 'Active')
    .map(([name, xml]) => loadFlow(name, xml, schema));
}

function loadFlow(name: string, xml: Xml, schema: Schema): Program {
  const whole: Place = { flow: name, element: '' };
  const place = (tag: string, element: Xml): Place => ({
    flow: name,
    element: `${tag} "${element.text('name') ?? ''}"`,
  });

  const known = [
    ...SHOWN_ONLY,
    ...RESOURCES,
    ...Object.keys(elementKinds),
    'processType',
    'start',
    'status',
    'triggerOrder',
  ];
  for (const tag of xml.tags.filter((tag) => !known.includes(tag))) {
    const named = xml.all(tag).find(isElement);
    refuse(
      whole,
      named
        ? `element ${tag} "${named.required('name')}" is not supported by the local org`
        : `<${tag}> is not supported by the local org`,
    );
  }
  const start = xml.one('start') ?? refuse(whole, 'it has no start');
  const object = schema.object(start.text('object') ?? '') ?? refuse(whole, 'it starts for no object of this org');

  const sources = new Map(
    RESOURCES.flatMap((tag) => xml.all(tag).map((resource) => [resource.required('name'), { tag, resource }] as const)),
  );
  const compiled = new Map<string, Expression | 'compiling'>();
  const names: Names = {
    object,
    schema,
    creates: new Set(xml.all('recordCreates').map((create) => create.required('name'))),
    resource: (resourceName) => {
      const source = sources.get(resourceName);
      if (!source) return undefined;
      const at = place(source.tag, source.resource);
      const ready = compiled.get(resourceName);
      if (ready === 'compiling') return refuse(at, 'it refers to itself');
      if (ready) return ready;
      compiled.set(resourceName, 'compiling');
      const expression = compileResource(at, names, source.tag, source.resource);
      compiled.set(resourceName, expression);
      return expression;
    },
  };
  for (const resourceName of sources.keys()) names.resource(resourceName);

  const elements = new Map<string, Element>();
  for (const [tag, compile] of Object.entries(elementKinds))
    for (const element of xml.all(tag))
      elements.set(element.required('name'), compile(place(tag, element), names, element));
  const program = {
    name,
    label: xml.text('label') ?? name,
    object,
    elements,
    order: order(xml),
    ...readStart(whole, names, xml, start),
  };
  checkConnectors(whole, program);
  return program;
}

function readStart(whole: Place, names: Names, xml: Xml, start: Xml) {
  const place = { ...whole, element: 'start' };
  allowOnly(place, start, [
    'locationX',
    'locationY',
    'connector',
    'doesRequireRecordChangedToMeetCriteria',
    'filterLogic',
    'filters',
    'object',
    'recordTriggerType',
    'triggerType',
  ]);
  const processType = xml.required('processType');
  const trigger = start.text('triggerType');
  const timing = trigger === 'RecordAfterSave' ? 'after' : trigger === 'RecordBeforeSave' ? 'before' : undefined;
  if (processType !== 'AutoLaunchedFlow' || !timing)
    return refuse(
      place,
      `a flow of the kind ${processType} ${trigger ?? 'without a trigger'} is not supported by the local org`,
    );
  const when = start.required('recordTriggerType');
  if (!['Create', 'Update', 'CreateAndUpdate'].includes(when))
    refuse(place, `${when} is not supported by the local org`);
  return {
    timing,
    runsOn: { create: when !== 'Update', update: when !== 'Create' },
    entry: compileConditions(place, names, start.text('filterLogic'), start.all('filters')),
    onlyWhenChangedToMeet: start.flag('doesRequireRecordChangedToMeetCriteria'),
    first: target(start),
  } as const;
}

function compileResource(place: Place, names: Names, tag: string, xml: Xml): Expression {
  if (tag === 'textTemplates') {
    allowOnly(place, xml, ['name', 'description', 'isViewedAsPlainText', 'text']);
    return compileText(place, names, xml.required('text'));
  }
  allowOnly(place, xml, ['name', 'description', 'dataType', 'expression', 'scale']);
  const dataType = xml.required('dataType');
  const type = formulaTypes[dataType] ?? refuse(place, `the data type ${dataType} is not supported by the local org`);
  return { type, evaluate: compileFlowFormula(place, names, xml.required('expression')) };
}

/** Flows without an order run after those numbered to 1,000. */
const order = (xml: Xml) => xml.number('triggerOrder') ?? 1000.5;

function checkConnectors(whole: Place, { first, elements, timing }: Program): void {
  for (const next of [first, ...[...elements.values()].flatMap(nextOf)])
    if (next !== undefined && !elements.has(next)) refuse(whole, `a connector leads to "${next}", which is not there`);
  const writes = [...elements].find(([, { kind }]) => kind === 'create' || kind === 'update records');
  if (timing === 'before' && writes)
    refuse({ ...whole, element: `"${writes[0]}"` }, 'a before-save flow changes the triggering record only');
}

const nextOf = (element: Element) =>
  element.kind === 'decision'
    ? [...element.outcomes.map(({ next }) => next), element.otherwise]
    : [element.next, element.fault];
