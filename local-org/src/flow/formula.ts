import { compileFormula } from '../formula/compile.ts';
import { formulaType } from '../formula/term.ts';
import type { Term } from '../formula/term.ts';
import type { FieldType } from '../schema/types.ts';
import { refuse, type Place } from './problem.ts';
import type { Interview } from './program.ts';
import { compileReference, type Names } from './reference.ts';

/** The types that a formula of a flow declares, as describe names them. */
export const formulaTypes: Partial<Record<string, FieldType>> = {
  String: 'string',
  Number: 'double',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
};

/** Compiles a formula of a flow, whose names are written `{!Name}`. */
export function compileFlowFormula(place: Place, names: Names, source: string): Term<Interview>['evaluate'] {
  const formula = compileFormula<Interview>(
    {
      braces: true,
      blankNumber: 'error',
      now: ({ now }) => now,
      reference: (name) => {
        const { type, evaluate } = compileReference(place, names, name);
        return { type: formulaType(type), evaluate, reference: name };
      },
      refuse: (problem) => refuse(place, problem),
    },
    source,
  );
  return formula.evaluate;
}
