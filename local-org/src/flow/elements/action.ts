import { RowError } from '../../dml/row-error.ts';
import { actions } from '../actions/actions.ts';
import { isUnset } from '../datum.ts';
import { kindName, takes } from '../kind.ts';
import { allowOnly, refuse } from '../problem.ts';
import { compileValue } from '../value.ts';
import { faulting } from './data.ts';
import { SHOWN_ONLY, target } from './kind.ts';
import type { ElementKind } from './kind.ts';

/** Calls a standard action. */
export const actionCalls: ElementKind = {
  compile: (place, names, xml) => {
    allowOnly(place, xml, [
      ...SHOWN_ONLY,
      ...['connector', 'faultConnector', 'actionName', 'actionType', 'nameSegment', 'versionSegment'],
      ...['versionString', 'flowTransactionModel', 'inputParameters', 'storeOutputAutomatically'],
    ]);
    const name = xml.required('actionName');
    const action = actions.get(xml.required('actionType'))?.(place, names, name);
    if (!action)
      return refuse(place, `the action ${xml.required('actionType')} ${name} is not supported by the local org`);
    if (!['CurrentTransaction', 'Automatic', undefined].includes(xml.text('flowTransactionModel')))
      refuse(place, `<flowTransactionModel> ${xml.required('flowTransactionModel')} is not supported by the local org`);
    const inputs = xml.all('inputParameters').map((input) => {
      const inputName = input.required('name');
      const { kind } =
        action.inputs[inputName] ??
        refuse(place, `the input ${inputName} of ${name} is not supported by the local org`);
      const value = compileValue(place, names, input.one('value'));
      if (!takes(kind, value)) refuse(place, `the input ${inputName} of ${name} takes no ${kindName(value)}`);
      return { inputName, value };
    });
    const required = Object.keys(action.inputs).filter((key) => action.inputs[key]!.required);
    const missing = required.find((key) => !inputs.some(({ inputName }) => inputName === key));
    if (missing !== undefined) refuse(place, `the input ${missing} of ${name} is missing`);
    const next = target(xml);
    const fault = target(xml, 'faultConnector');
    return {
      beforeSave: false,
      leadsTo: [next, fault],
      fault,
      run: (interview) => {
        faulting(`perform the action ${name}`, () => {
          const given = new Map(
            inputs
              .map(({ inputName, value }) => [inputName, value.evaluate(interview)] as const)
              .filter(([, value]) => !isUnset(value)),
          );
          const blank = required.find((key) => !given.has(key));
          if (blank !== undefined)
            throw new RowError('REQUIRED_FIELD_MISSING', `Missing required input parameter: ${blank}`);
          action.run(interview, given);
        });
        return next;
      },
    };
  },
};
