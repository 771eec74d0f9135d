import { operand } from '../operand.ts';
import { isBlank } from '../term.ts';
import { commonType } from './function.ts';
import type { FormulaFunction } from './function.ts';

const blank: FormulaFunction = {
  takes: [1, 1],
  compile: ({ given: [term] }) => ({ type: 'boolean', evaluate: (context) => isBlank(term!.evaluate(context)) }),
};

const blankValue: FormulaFunction = {
  takes: [2, 2],
  compile: (call) => {
    const [term, instead] = call.given;
    return {
      type: commonType(call, call.given),
      evaluate: (context) => {
        const value = term!.evaluate(context);
        return isBlank(value) ? instead!.evaluate(context) : value;
      },
    };
  },
};

export const logic: Readonly<Record<string, FormulaFunction>> = {
  IF: {
    takes: [3, 3],
    compile: (call) => {
      const [test, then, otherwise] = call.given;
      const holds = operand(call.place, call.name, test!, 'boolean');
      return {
        type: commonType(call, [then!, otherwise!]),
        evaluate: (context) => (holds(context) === true ? then! : otherwise!).evaluate(context),
      };
    },
  },
  NOT: {
    takes: [1, 1],
    compile: ({ name, given: [term], place }) => {
      const value = operand(place, name, term!, 'boolean');
      return { type: 'boolean', evaluate: (context) => value(context) !== true };
    },
  },
  ISBLANK: blank,
  BLANKVALUE: blankValue,
};
