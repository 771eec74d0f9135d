import { operand } from '../operand.ts';
import { FormulaError } from '../term.ts';
import { strict } from './function.ts';
import type { FormulaFunction } from './function.ts';

const one = (compute: (value: number) => number) => strict(['number'], 'number', compute);

/** Half away from zero, at the decimal digits that the number is written with. */
function round(value: number, digits: number): number {
  const shifted = Math.round(Number(`${Math.abs(value)}e${digits}`));
  return Math.sign(value) * Number(`${shifted}e${-digits}`) || 0;
}

/** The least or the greatest of numbers; a blank among them makes the result blank. */
const extreme = (pick: (...values: number[]) => number): FormulaFunction => ({
  takes: [1, Infinity],
  compile: ({ name, given, place }) => {
    const values = given.map((term) => operand(place, name, term, 'number'));
    return {
      type: 'number',
      evaluate: (context) => {
        const read = values.map((value) => value(context) as number | null);
        return read.includes(null) ? null : pick(...(read as number[]));
      },
    };
  },
});

function positive(value: number, name: string): number {
  if (value > 0) return value;
  throw new FormulaError(`${name} takes a positive number, not ${value}`);
}

export const number: Readonly<Record<string, FormulaFunction>> = {
  ABS: one(Math.abs),
  CEILING: one((value) => (value < 0 ? -Math.ceil(-value) : Math.ceil(value)) || 0),
  FLOOR: one((value) => (value < 0 ? -Math.floor(-value) : Math.floor(value)) || 0),
  MCEILING: one((value) => Math.ceil(value) || 0),
  MFLOOR: one(Math.floor),
  EXP: one(Math.exp),
  LN: one((value) => Math.log(positive(value, 'LN'))),
  LOG: one((value) => Math.log10(positive(value, 'LOG'))),
  MAX: extreme(Math.max),
  MIN: extreme(Math.min),
  MOD: strict(['number', 'number'], 'number', (value: number, by: number) => {
    if (by === 0) throw new FormulaError('division by zero');
    return value - by * Math.floor(value / by);
  }),
  ROUND: strict(['number', 'number'], 'number', round),
};
