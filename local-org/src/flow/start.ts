import type { Xml } from '../metadata/xml.ts';
import type { SObject } from '../schema/types.ts';
import { compileConditions } from './condition.ts';
import { compileFlowFormula } from './formula.ts';
import type { Names } from './names.ts';
import { target } from './elements/kind.ts';
import { allowOnly, refuse, type Place } from './problem.ts';
import type { Condition, Offset, Path, RecordStart, Start } from './program.ts';

const timings: Partial<Record<string, RecordStart['timing']>> = {
  RecordBeforeSave: 'before save',
  RecordAfterSave: 'after save',
  RecordBeforeDelete: 'before delete',
};

/** The object that the start element names, if there is one; refused where the org does not have it. */
export function triggeringObject(place: Place, schema: Names['schema'], start: Xml): SObject | undefined {
  if (start.text('triggerType') === undefined) return undefined;
  return schema.object(start.text('object') ?? '') ?? refuse(place, 'it starts for no object of this org');
}

/** Compiles the start element: what starts the flow, when, and where it begins. */
export function compileStart(place: Place, names: Names, processType: string, start: Xml): Start {
  const trigger = start.text('triggerType');
  const timing = timings[trigger ?? ''];
  if (processType !== 'AutoLaunchedFlow' || (trigger !== undefined && trigger !== 'PlatformEvent' && !timing))
    return refuse(
      place,
      `a flow of the kind ${processType} ${trigger ?? 'without a trigger'} is not supported by the local org`,
    );
  allowOnly(place, start, [
    ...['locationX', 'locationY', 'connector', 'filterFormula', 'filterLogic', 'filters', 'object', 'triggerType'],
    ...(timing ? ['doesRequireRecordChangedToMeetCriteria', 'recordTriggerType', 'scheduledPaths'] : []),
  ]);
  const first = target(start);
  const object = names.trigger;
  if (!object) return { kind: 'invoked', first };
  if (object.isEvent !== (trigger === 'PlatformEvent'))
    refuse(place, `${object.name} cannot trigger a flow of the kind ${trigger ?? ''}`);
  const entry = compileEntry(place, names, start);
  if (!timing) return { kind: 'event', object, entry, first };
  const runsOn = compileOperations(place, timing, start);
  const onlyWhenChangedToMeet = start.flag('doesRequireRecordChangedToMeetCriteria');
  const paths = start.all('scheduledPaths').map((path) => compilePath(place, object, path));
  if (paths.length > 0 && timing !== 'after save') refuse(place, 'only a flow that runs after the save has such paths');
  const timed = paths.some(({ when }) => when !== 'after commit');
  if (timed && runsOn.update && !onlyWhenChangedToMeet)
    refuse(place, 'scheduled paths ask for "only when a record is updated to meet the condition requirements"');
  return { kind: 'record', object, timing, runsOn, entry, onlyWhenChangedToMeet, paths, first };
}

function compileEntry(place: Place, names: Names, start: Xml): Condition {
  const formula = start.text('filterFormula');
  if (formula === undefined) return compileConditions(place, names, start.text('filterLogic'), start.all('filters'));
  const { type, evaluate } = compileFlowFormula(place, names, formula);
  if (type !== 'boolean') refuse(place, 'the entry condition formula is no Boolean');
  return (interview) => evaluate(interview) === true;
}

function compileOperations(place: Place, timing: RecordStart['timing'], start: Xml): RecordStart['runsOn'] {
  const when = start.required('recordTriggerType');
  const operations = { create: /Create/.test(when), update: /Update/.test(when), delete: when === 'Delete' };
  if (!['Create', 'Update', 'CreateAndUpdate', 'Delete'].includes(when))
    refuse(place, `${when} is not supported by the local org`);
  if (operations.delete !== (timing === 'before delete')) refuse(place, `${when} does not go with ${timing}`);
  return operations;
}

const units: readonly string[] = ['Minutes', 'Hours', 'Days', 'Months'] satisfies Offset['unit'][];

function compilePath(place: Place, object: SObject, xml: Xml): Path {
  const name = xml.text('name') ?? xml.text('pathType') ?? '';
  const at = { ...place, element: `scheduledPaths "${name}"` };
  allowOnly(at, xml, [
    ...['name', 'label', 'description', 'connector', 'pathType', 'maxBatchSize'],
    ...['offsetNumber', 'offsetUnit', 'timeSource', 'recordField'],
  ]);
  const first = target(xml);
  const pathType = xml.text('pathType');
  if (pathType === 'AsyncAfterCommit') return { name, first, when: 'after commit' };
  if (pathType !== undefined) return refuse(at, `<pathType> ${pathType} is not supported by the local org`);
  const unit = xml.text('offsetUnit') ?? 'Days';
  if (!units.includes(unit)) refuse(at, `<offsetUnit> ${unit} is not supported by the local org`);
  const offset = { number: xml.number('offsetNumber') ?? 0, unit: unit as Offset['unit'] };
  if (xml.required('timeSource') === 'RecordTriggerEvent') return { name, first, when: { field: null, offset } };
  const field = object.field(xml.required('recordField'));
  if (!field || !['date', 'datetime'].includes(field.type) || field.derived !== null)
    return refuse(at, `${object.name}.${xml.required('recordField')} is no date that a path can be scheduled by`);
  return { name, first, when: { field: field.name, offset } };
}
