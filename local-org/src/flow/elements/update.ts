import type { Row } from '../../schema/types.ts';
import type { FlowRecord } from '../datum.ts';
import { compileFilters } from '../filter.ts';
import { allowOnly, refuse } from '../problem.ts';
import type { Interview } from '../program.ts';
import { compileFieldValues, evaluateAll } from '../value.ts';
import { attempt, compileRecords } from './data.ts';
import { objectOf, SHOWN_ONLY, target } from './kind.ts';
import type { ElementKind } from './kind.ts';

/** Update Records: the triggering record, a record or collection of the flow, or those that filters find. */
export const recordUpdates: ElementKind = {
  compile: (place, names, xml) => {
    allowOnly(place, xml, [
      ...SHOWN_ONLY,
      ...['connector', 'faultConnector', 'object', 'filterLogic', 'filters', 'inputAssignments', 'inputReference'],
    ]);
    const next = target(xml);
    const fault = target(xml, 'faultConnector');
    const reference = xml.text('inputReference');
    const input = reference === undefined ? undefined : compileRecords(place, names, reference);
    const object = input?.object ?? objectOf(place, names, xml);
    const values = compileFieldValues(place, names, object, xml.all('inputAssignments'));
    const where = compileFilters(place, names, object, xml);
    // Salesforce would update every record of the object; nobody means that.
    if (!input && xml.all('filters').length === 0)
      refuse(place, 'an update without filters is not supported by the local org');

    const rows = (interview: Interview): Row[] => {
      const given = evaluateAll(values, interview);
      if (!input) {
        const found = interview.host.select(object, { where: where(interview), orderBy: '', limit: 50_000 });
        return found.map((Id) => ({ ...given, Id }));
      }
      const records = input.records(interview);
      for (const record of records) for (const [name, value] of Object.entries(given)) record.set(name, value);
      return records.map(changesOf);
    };
    return {
      beforeSave: reference === '$Record',
      leadsTo: [next, fault],
      fault,
      run: (interview) => {
        attempt(interview, 'writes', 'update records', () => {
          const writes = rows(interview);
          if (writes.length > 0) interview.host.update(object, writes);
        });
        return next;
      },
    };
  },
};

function changesOf(record: FlowRecord): Row {
  const names = [...record.changed].filter((name) => name !== 'Id');
  record.changed.clear();
  return Object.fromEntries(['Id', ...names].map((name) => [name, record.fields[name] ?? null]));
}
