import type { Value } from '../../schema/types.ts';
import { operand } from '../operand.ts';
import type { FormulaType, Place, Term } from '../term.ts';

/** A call of a function, its arguments compiled. */
export interface Call<C> {
  readonly name: string;
  readonly given: readonly Term<C>[];
  readonly place: Place<C>;
}

export interface FormulaFunction {
  /** The least and the most arguments. */
  readonly takes: readonly [number, number];
  readonly compile: <C>(call: Call<C>) => Term<C>;
}

/** A function of arguments of these types, all of them evaluated; a blank number makes its result blank. */
export function strict(
  wanted: readonly FormulaType[],
  type: FormulaType,
  compute: (...values: never[]) => Value,
  least = wanted.length,
): FormulaFunction {
  return {
    takes: [least, wanted.length],
    compile: ({ name, given, place }) => {
      const values = given.map((term, i) => operand(place, name, term, wanted[i]!));
      return {
        type,
        evaluate: (context) => {
          const read = values.map((value) => value(context));
          if (read.some((value, i) => value === null && wanted[i] !== 'text' && wanted[i] !== 'boolean')) return null;
          return compute(...(read.map((value, i) => (value === null && wanted[i] === 'text' ? '' : value)) as never[]));
        },
      };
    },
  };
}

/** The type that several results have in common; refused where they have none. */
export function commonType<C>({ name, place }: Call<C>, terms: readonly Term<C>[]): FormulaType {
  const type = terms.find((term) => term.type !== 'blank')?.type ?? 'blank';
  for (const term of terms) operand(place, name, term, type);
  return type;
}
