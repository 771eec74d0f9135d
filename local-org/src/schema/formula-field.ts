import { compileFormula } from '../formula/compile.ts';
import { FormulaError, formulaType } from '../formula/term.ts';
import type { Term } from '../formula/term.ts';
import type { Computed } from './computed-fields.ts';
import { fieldPath } from './field-path.ts';
import type { Field, FieldType, Value } from './types.ts';

/** A compiled formula field: `evaluate` takes the values of its inputs, in the order of its SQL's arguments. */
export interface FormulaProgram {
  readonly source: string;
  readonly blanks: 'zero' | 'blank';
  readonly inputs: readonly Field[];
  readonly evaluate: (values: readonly Value[], now: number) => Value;
}

interface Reading {
  readonly values: readonly Value[];
  readonly now: number;
}

/** A formula field, as SQL that calls its program with the values that it reads, so that queries filter and sort by it. */
export function compileFormulaField(computed: Computed): { derived: string; formula: FormulaProgram } {
  const { object, field, definition, refuse } = computed;
  const { source, blanks } = definition.formula!;
  const inputs: Field[] = [];
  const sql: string[] = [];
  const reference = (name: string): Term<Reading> => {
    const path = fieldPath(computed, name);
    let at = sql.indexOf(path.sql);
    if (at < 0) {
      at = sql.push(path.sql) - 1;
      inputs.push(path.field);
    }
    const adapt = asRead(path.field, blanks);
    return {
      type: formulaType(path.field.type),
      reference: name,
      evaluate: ({ values }) => adapt(values[at]!),
    };
  };
  const term = compileFormula<Reading>(
    { braces: false, blankNumber: 'blank', now: ({ now }) => now, reference, refuse },
    source,
  );
  const wanted = formulaType(field.type);
  if (term.type !== 'blank' && term.type !== wanted)
    refuse(`Formula result is data type (${term.type}), incompatible with expected data type (${wanted})`);
  const shape = shapes[field.type] ?? ((value) => value);
  const evaluate = (values: readonly Value[], now: number): Value => {
    try {
      return shape(term.evaluate({ values, now }), field);
    } catch (error) {
      // Salesforce shows #Error! and answers null.
      if (error instanceof FormulaError) return null;
      throw error;
    }
  };
  const derived = `formula(${[`'${object.name}.${field.name}'`, ...sql].join(', ')})`;
  return { derived, formula: { source, blanks, inputs, evaluate } };
}

/** What a formula reads of a field: IDs of 15 characters, percentages as fractions, blank numbers as 0 where it says so. */
export function asRead({ type }: Field, blanks: 'zero' | 'blank'): (value: Value) => Value {
  if (type === 'id' || type === 'reference') return (value) => (typeof value === 'string' ? value.slice(0, 15) : value);
  if (formulaType(type) !== 'number') return (value) => value;
  const blank = blanks === 'zero' ? 0 : null;
  return type === 'percent' ? (value) => (value === null ? blank : (value as number) / 100) : (value) => value ?? blank;
}

const rounded = (value: Value, { scale }: Field, factor = 1): Value =>
  value === null ? null : Math.round(Number(`${(value as number) * factor}e${scale}`)) / 10 ** scale || 0;

const shapes: Partial<Record<FieldType, (value: Value, field: Field) => Value>> = {
  string: (value) => (value === '' ? null : value),
  boolean: (value) => value === true,
  double: (value, field) => rounded(value, field),
  currency: (value, field) => rounded(value, field),
  percent: (value, field) => rounded(value, field, 100),
};
