import { Fault } from '../failure.ts';
import { allowOnly, refuse } from '../problem.ts';
import { compileTarget } from '../reference.ts';
import { compileValue } from '../value.ts';
import { faulting } from './data.ts';
import { SHOWN_ONLY, target } from './kind.ts';
import type { ElementKind } from './kind.ts';
import { operators } from './operators.ts';

/** Sets variables and fields of records, one after the other. */
export const assignments: ElementKind = {
  compile: (place, names, xml) => {
    allowOnly(place, xml, [...SHOWN_ONLY, 'connector', 'assignmentItems']);
    const items = xml.all('assignmentItems').map((item) => {
      allowOnly(place, item, ['assignToReference', 'operator', 'value']);
      const reference = item.required('assignToReference');
      const to = compileTarget(place, names, reference);
      const value = compileValue(place, names, item.one('value'));
      const name = item.required('operator');
      const operator = operators[name];
      if (!operator) return refuse(place, `the operator ${name} is not supported by the local org`);
      if (!operator.fits(to, value)) return refuse(place, `${name} does not fit ${reference} and its value`);
      return { to, value, apply: operator.apply(to, value) };
    });
    const next = target(xml);
    return {
      beforeSave: true,
      leadsTo: [next],
      run: (interview) => {
        for (const { to, value, apply } of items)
          faulting('assign a value', () => {
            const given = value.evaluate(interview);
            const result = apply(() => to.evaluate(interview), given);
            if (result === undefined) throw new Fault('the value does not fit the variable');
            to.set(interview, result);
          });
        return next;
      },
    };
  },
};
