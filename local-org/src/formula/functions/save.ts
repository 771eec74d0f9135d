import type { Call, FormulaFunction } from './function.ts';

/** The name that the argument refers to, and the save under way. */
function saved<C>({ name, given: [term], place }: Call<C>) {
  const { save, refuse } = place;
  if (!save) return refuse(`the function ${name} is not available here`);
  const reference = term?.reference ?? refuse(`${name} takes a field`);
  return { term: term!, save, prior: save.prior(reference) };
}

/** What a formula can ask about the save that it runs in: not in fields. */
export const save: Readonly<Record<string, FormulaFunction>> = {
  ISNEW: {
    takes: [0, 0],
    compile: ({ place }) => {
      const isNew = (place.save ?? place.refuse('the function ISNEW is not available here')).isNew;
      return { type: 'boolean', evaluate: isNew };
    },
  },
  ISCHANGED: {
    takes: [1, 1],
    compile: (call) => {
      const { term, prior, save: context } = saved(call);
      return {
        type: 'boolean',
        evaluate: (at) => !context.isNew(at) && term.evaluate(at) !== prior.evaluate(at),
      };
    },
  },
  PRIORVALUE: {
    takes: [1, 1],
    compile: (call) => {
      const { term, prior, save: context } = saved(call);
      return { type: term.type, evaluate: (at) => (context.isNew(at) ? term : prior).evaluate(at) };
    },
  },
};
