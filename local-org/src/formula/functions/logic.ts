import { operand } from '../operand.ts';
import { isBlank } from '../term.ts';
import { commonType } from './function.ts';
import type { Call, FormulaFunction } from './function.ts';

const anyNumber = Infinity;

/** AND and OR stop at the first value that decides. */
const decided = (decides: boolean): FormulaFunction => ({
  takes: [1, anyNumber],
  compile: ({ name, given, place }) => {
    const values = given.map((term) => operand(place, name, term, 'boolean'));
    return {
      type: 'boolean',
      evaluate: (context) => (values.some((value) => (value(context) === true) === decides) ? decides : !decides),
    };
  },
});

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

/** `CASE(value, match, result, ..., otherwise)`. A picklist is matched by its values. */
function compileCase<C>(call: Call<C>) {
  const { name, given, place } = call;
  if (given.length % 2 !== 0) place.refuse('CASE takes a value, pairs of match and result, and a result for all else');
  const [value, ...rest] = given;
  const otherwise = rest.pop()!;
  const pairs = rest.flatMap((match, i) => (i % 2 === 0 ? [{ match, result: rest[i + 1]! }] : []));
  const type = value!.type === 'picklist' ? 'text' : value!.type;
  for (const { match } of pairs) operand(place, name, match, type);
  return {
    type: commonType(call, [...pairs.map(({ result }) => result), otherwise]),
    evaluate: (context: C) => {
      const wanted = value!.evaluate(context);
      const found = pairs.find(({ match }) => match.evaluate(context) === wanted);
      return (found?.result ?? otherwise).evaluate(context);
    },
  };
}

export const logic: Readonly<Record<string, FormulaFunction>> = {
  AND: decided(false),
  OR: decided(true),
  NOT: {
    takes: [1, 1],
    compile: ({ name, given: [term], place }) => {
      const value = operand(place, name, term!, 'boolean');
      return { type: 'boolean', evaluate: (context) => value(context) !== true };
    },
  },
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
  CASE: { takes: [4, anyNumber], compile: compileCase },
  ISBLANK: blank,
  ISNULL: blank,
  BLANKVALUE: blankValue,
  NULLVALUE: blankValue,
};
