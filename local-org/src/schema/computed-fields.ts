import { LoadError } from '../errors.ts';
import { compileFormulaField } from './formula-field.ts';
import type { FieldDefinition, ObjectDefinition } from './definition.ts';
import { compileRollUp } from './roll-up.ts';
import type { Field, Schema, SObject } from './types.ts';

/** What a computed field refers to, and how its mistakes are told. */
export interface Computed {
  readonly schema: Schema;
  readonly object: SObject;
  readonly field: Field;
  readonly definition: FieldDefinition;
  /** The SQL of a field over `{Field}` placeholders; a formula that is not compiled yet, is. */
  readonly sqlOf: (field: Field) => string;
  readonly refuse: (problem: string) => never;
}

/** Gives the formula and roll-up fields of a new schema their SQL. Throws a LoadError that names file and field. */
export function compileComputedFields(schema: Schema, definitions: readonly ObjectDefinition[]): void {
  const waiting = new Map<Field, () => void>();
  const compiling = new Set<Field>();
  const sqlOf = (field: Field): string => {
    compile(field);
    return field.derived === null ? `{${field.name}}` : `(${field.derived})`;
  };
  const compile = (field: Field) => {
    const work = waiting.get(field);
    if (!work) return;
    waiting.delete(field);
    compiling.add(field);
    work();
    compiling.delete(field);
  };
  for (const definition of definitions) {
    const object = schema.object(definition.name)!;
    for (const each of definition.fields) {
      if (!each.formula && !each.rollUp) continue;
      const field = object.field(each.name)!;
      const refuse = (problem: string): never => {
        throw new LoadError(`${(each.formula ?? each.rollUp)!.file}: field ${each.name}: ${problem}`);
      };
      const checked: Computed['sqlOf'] = (other) =>
        compiling.has(other) ? refuse(`it refers to itself through ${other.name}`) : sqlOf(other);
      const computed: Computed = { schema, object, field, definition: each, sqlOf: checked, refuse };
      waiting.set(field, () => {
        // The one moment at which a field changes: its SQL needs the other objects, and they have their fields by now.
        Object.assign(field, each.formula ? compileFormulaField(computed) : compileRollUp(computed));
      });
    }
  }
  for (const field of [...waiting.keys()]) compile(field);
}
