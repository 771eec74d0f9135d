import type { Xml } from '../../metadata/xml.ts';
import type { Row, SObject } from '../../schema/types.ts';
import { FlowRecord } from '../datum.ts';
import { InterviewFailed } from '../failure.ts';
import { compileFilters } from '../filter.ts';
import { takes } from '../kind.ts';
import type { Names } from '../names.ts';
import { allowOnly, refuse, type Place } from '../problem.ts';
import type { Interview } from '../program.ts';
import { compileTarget, scalar } from '../reference.ts';
import { compileValue } from '../value.ts';
import { attempt } from './data.ts';
import { objectOf, SHOWN_ONLY, stored, target } from './kind.ts';
import type { ElementKind } from './kind.ts';

const MOST_ROWS = 50_000;

/** Get Records: finds records and keeps them under its name, in a variable, or field by field in several. */
export const recordLookups: ElementKind = {
  outputs: (place, names, xml) => {
    if (!xml.flag('storeOutputAutomatically')) return [];
    const name = xml.required('name');
    const collection = !xml.flag('getFirstRecordOnly');
    return [[name, () => stored(name, { type: 'record', object: objectOf(place, names, xml), collection })]];
  },
  compile: (place, names, xml) => {
    allowOnly(place, xml, [
      ...SHOWN_ONLY,
      ...['connector', 'faultConnector', 'object', 'filterLogic', 'filters', 'sortField', 'sortOrder', 'limit'],
      ...['getFirstRecordOnly', 'queriedFields', 'storeOutputAutomatically', 'assignNullValuesIfNoRecordsFound'],
      ...['outputReference', 'outputAssignments'],
    ]);
    const object = objectOf(place, names, xml);
    const where = compileFilters(place, names, object, xml);
    const keep = compileKeep(place, names, object, xml);
    const orderBy = compileOrder(place, object, xml);
    const most = scalar(place, 'limit', compileValue(place, names, xml.one('limit')));
    const asked = [...new Set(xml.all('queriedFields').map(({ value }) => value))].map(
      (name) => object.field(name) ?? refuse(place, `${object.name} has no field ${name}`),
    );
    const next = target(xml);
    const fault = target(xml, 'faultConnector');

    const read = ({ host }: Interview, id: string): FlowRecord => {
      const row = host.read(object, id)!;
      if (asked.length === 0) return new FlowRecord(object, row);
      const part = asked.map((field) => [
        field.name,
        field.derived === null ? row[field.name]! : host.compute(object, row, field),
      ]);
      return new FlowRecord(object, Object.fromEntries(part) as Row, false);
    };
    return {
      beforeSave: true,
      leadsTo: [next, fault],
      fault,
      run: (interview) => {
        const records = attempt(interview, 'queries', 'look up records', () => {
          const limit = keep.single ? 1 : ((most.evaluate(interview) as number | null) ?? MOST_ROWS + 1);
          const ids = interview.host.select(object, { where: where(interview), orderBy, limit });
          if (ids.length > MOST_ROWS)
            throw new InterviewFailed(`System.LimitException: Too many query rows: ${MOST_ROWS + 1}`);
          return ids.map((id) => read(interview, id));
        });
        keep.store(interview, records);
        return next;
      },
    };
  },
};

/** Where the found records go. */
interface Keep {
  readonly single: boolean;
  readonly store: (interview: Interview, found: readonly FlowRecord[]) => void;
}

function compileKeep(place: Place, names: Names, object: SObject, xml: Xml): Keep {
  if (xml.flag('storeOutputAutomatically')) {
    const name = xml.required('name');
    const single = xml.flag('getFirstRecordOnly');
    return { single, store: ({ values }, found) => values.set(name, single ? (found[0] ?? null) : found) };
  }
  const orNull = xml.flag('assignNullValuesIfNoRecordsFound');
  const reference = xml.text('outputReference');
  if (reference !== undefined) {
    const to = compileTarget(place, names, reference);
    if (to.type !== 'record' || to.object !== object) refuse(place, `"${reference}" takes no ${object.name} record`);
    const store: Keep['store'] = (interview, found) => {
      if (found.length > 0 || orNull) to.set(interview, to.collection ? found : (found[0] ?? null));
    };
    return { single: !to.collection, store };
  }
  const outputs = xml.all('outputAssignments').map((output) => {
    const name = output.required('field');
    const field = object.field(name) ?? refuse(place, `${object.name} has no field ${name}`);
    const to = compileTarget(place, names, output.required('assignToReference'));
    if (!takes(to, field)) refuse(place, `"${output.required('assignToReference')}" does not take ${name}`);
    return { field, to };
  });
  const store: Keep['store'] = (interview, [first]) => {
    if (!first && !orNull) return;
    for (const { field, to } of outputs) {
      const value =
        first &&
        (field.derived === null ? first.fields[field.name] : interview.host.compute(object, first.fields, field));
      to.set(interview, value ?? null);
    }
  };
  return { single: true, store };
}

function compileOrder(place: Place, object: SObject, xml: Xml): string {
  const name = xml.text('sortField');
  const order = xml.text('sortOrder');
  if (name === undefined || order === undefined) return '';
  const field = object.field(name) ?? refuse(place, `${object.name} has no field ${name}`);
  return `ORDER BY ${field.name} ${order.toUpperCase()}`;
}
