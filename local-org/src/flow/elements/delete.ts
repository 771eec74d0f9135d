import { compileFilters } from '../filter.ts';
import { allowOnly, refuse } from '../problem.ts';
import { RowError } from '../../dml/row-error.ts';
import { attempt, compileRecords } from './data.ts';
import { objectOf, SHOWN_ONLY, target } from './kind.ts';
import type { ElementKind } from './kind.ts';

/** Delete Records: a record or collection of the flow, or those that filters find. */
export const recordDeletes: ElementKind = {
  compile: (place, names, xml) => {
    allowOnly(place, xml, [
      ...SHOWN_ONLY,
      ...['connector', 'faultConnector', 'object', 'filterLogic', 'filters', 'inputReference'],
    ]);
    const next = target(xml);
    const fault = target(xml, 'faultConnector');
    const reference = xml.text('inputReference');
    const input = reference === undefined ? undefined : compileRecords(place, names, reference);
    const object = input?.object ?? objectOf(place, names, xml);
    const where = compileFilters(place, names, object, xml);
    if (!input && xml.all('filters').length === 0)
      refuse(place, 'a deletion without filters is not supported by the local org');
    return {
      beforeSave: false,
      leadsTo: [next, fault],
      fault,
      run: (interview) => {
        attempt(interview, 'writes', 'delete records', () => {
          const ids = input
            ? input.records(interview).map(({ id }) => id)
            : interview.host.select(object, { where: where(interview), orderBy: '', limit: 50_000 });
          if (ids.includes(undefined)) throw new RowError('MISSING_ARGUMENT', 'Id not specified in a delete call');
          if (ids.length > 0) interview.host.remove(ids as string[]);
        });
        return next;
      },
    };
  },
};
