import { compileFormula } from '../formula/compile.ts';
import { FormulaError, formulaType } from '../formula/term.ts';
import type { Computed } from './computed-fields.ts';
import type { Value } from './types.ts';

/** A default value that is a formula, such as `TODAY() + 7`. It reads no fields: there is no record yet. */
export function compileDefault({ field, definition, refuse }: Computed): (now: number) => Value {
  const { source } = definition.defaultFormula!;
  const term = compileFormula<number>(
    {
      braces: false,
      blankNumber: 'blank',
      now: (now) => now,
      reference: (name) => refuse(`${name} in a default value is not supported by the local org`),
      refuse,
    },
    source,
  );
  const wanted = formulaType(field.type);
  if (term.type !== wanted && term.type !== 'blank')
    refuse(`the default value is of the type ${term.type}, and the field of the type ${wanted}`);
  return (now) => {
    try {
      return term.evaluate(now);
    } catch (error) {
      if (error instanceof FormulaError) return null;
      throw error;
    }
  };
}
