import { FormulaError } from './term.ts';
import type { FormulaType, Place, Term } from './term.ts';

const shown: Record<FormulaType, string> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Boolean',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Time',
  picklist: 'Picklist',
  multipicklist: 'Multipicklist',
  blank: 'Object',
};

/** The value of an operand or argument that must be of a type; refused, in Salesforce's words, where it is of another. */
export function operand<C>(
  place: Place<C>,
  name: string,
  { type, evaluate }: Term<C>,
  wanted: FormulaType,
): Term<C>['evaluate'] {
  if (type !== wanted && type !== 'blank' && wanted !== 'blank') {
    const what = /^\w/.test(name) ? `function '${name}()'` : `operator '${name}'`;
    place.refuse(`Incorrect parameter type for ${what}. Expected ${shown[wanted]}, received ${shown[type]}`);
  }
  if (wanted !== 'number' || place.blankNumber === 'blank') return evaluate;
  return (context) => {
    const value = evaluate(context);
    if (value === null) throw new FormulaError('a blank value is not a number');
    return value;
  };
}
