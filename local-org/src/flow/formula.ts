import { compileFormula } from '../formula/compile.ts';
import { formulaType } from '../formula/term.ts';
import type { Term } from '../formula/term.ts';
import type { Names } from './names.ts';
import { refuse, type Place } from './problem.ts';
import type { Interview } from './program.ts';
import { compileScalar } from './reference.ts';

/** Compiles a formula of a flow, whose names are written `{!Name}`. */
export function compileFlowFormula(place: Place, names: Names, source: string): Term<Interview> {
  const term = (reference: string): Term<Interview> => {
    const { type, evaluate } = compileScalar(place, names, reference);
    return { type: type === 'blank' ? 'blank' : formulaType(type), evaluate, reference };
  };
  return compileFormula<Interview>(
    {
      braces: true,
      blankNumber: 'error',
      now: ({ now }) => now,
      reference: term,
      ...(names.trigger && !names.trigger.isEvent
        ? {
            save: {
              prior: (reference: string) => term(reference.replace(/^\$Record\./, '$Record__Prior.')),
              isNew: ({ prior }: Interview) => prior === null,
            },
          }
        : {}),
      refuse: (problem) => refuse(place, problem),
    },
    source,
  );
}
