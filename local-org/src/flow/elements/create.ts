import type { Row } from '../../schema/types.ts';
import { RowError } from '../../dml/row-error.ts';
import type { FlowRecord } from '../datum.ts';
import { allowOnly, refuse } from '../problem.ts';
import type { Interview } from '../program.ts';
import { compileTarget } from '../reference.ts';
import { compileFieldValues, evaluateAll } from '../value.ts';
import { attempt, compileRecords } from './data.ts';
import { objectOf, SHOWN_ONLY, stored, target } from './kind.ts';
import type { ElementKind } from './kind.ts';

/** Create Records: from values, from a record, or from a collection; of a platform event, publishes it. */
export const recordCreates: ElementKind = {
  outputs: (_place, _names, xml) => {
    const name = xml.required('name');
    return xml.flag('storeOutputAutomatically') ? [[name, () => stored(name, { type: 'id' })]] : [];
  },
  compile: (place, names, xml) => {
    allowOnly(place, xml, [
      ...SHOWN_ONLY,
      ...['connector', 'faultConnector', 'object', 'inputAssignments', 'inputReference'],
      ...['storeOutputAutomatically', 'assignRecordIdToReference'],
    ]);
    const name = xml.required('name');
    const next = target(xml);
    const fault = target(xml, 'faultConnector');
    const reference = xml.text('inputReference');
    const idTo = xml.text('assignRecordIdToReference');
    const id = idTo === undefined ? undefined : compileTarget(place, names, idTo);
    const input = reference === undefined ? undefined : compileRecords(place, names, reference);
    const object = input?.object ?? objectOf(place, names, xml);
    const values = compileFieldValues(place, names, object, xml.all('inputAssignments'));
    if (input && values.length > 0) refuse(place, '<inputReference> and <inputAssignments> exclude each other');

    const run = (interview: Interview): void => {
      const records = input?.records(interview);
      const rows = records ? records.map(rowOf) : [evaluateAll(values, interview)];
      const ids = rows.length > 0 ? interview.host.create(object, rows) : [];
      if (!object.isEvent) records?.forEach((record, i) => (record.fields['Id'] = ids[i]!));
      records?.forEach(({ changed }) => {
        changed.clear();
      });
      if (!records) interview.values.set(name, ids[0] ?? null);
      if (id) id.set(interview, ids[0] ?? null);
    };
    return {
      beforeSave: false,
      leadsTo: [next, fault],
      fault,
      run: (interview) => {
        attempt(interview, 'writes', 'create records', () => {
          run(interview);
        });
        return next;
      },
    };
  },
};

/** The fields that a new record is made of; a record that was saved before cannot be created again. */
function rowOf({ object, fields, id, changed }: FlowRecord): Row {
  if (id !== undefined)
    throw new RowError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => changed.has(name) || (value !== null && object.field(name)?.createable),
    ),
  );
}
