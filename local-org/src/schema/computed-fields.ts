import { LoadError } from '../errors.ts';
import { sqlOf } from './field-path.ts';
import type { PathStart } from './field-path.ts';
import { compileDefault } from './default-formula.ts';
import { compileFormulaField } from './formula-field.ts';
import type { FieldDefinition, ObjectDefinition } from './definition.ts';
import { compileRollUp } from './roll-up.ts';
import type { Field, Schema } from './types.ts';

/** What a computed field refers to, and how its mistakes are told. */
export interface Computed extends PathStart {
  readonly field: Field;
  readonly definition: FieldDefinition;
}

/** Gives the formula and roll-up fields of a new schema their SQL, and fields whose default is a formula that. Throws a LoadError that names file and field. */
export function compileComputedFields(schema: Schema, definitions: readonly ObjectDefinition[]): void {
  const waiting = new Map<Field, () => void>();
  const compiling = new Set<Field>();
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
      if (!each.formula && !each.rollUp && !each.defaultFormula) continue;
      const field = object.field(each.name)!;
      const refuse = (problem: string): never => {
        throw new LoadError(
          `${(each.formula ?? each.rollUp ?? each.defaultFormula)!.file}: field ${each.name}: ${problem}`,
        );
      };
      const ready = (other: Field) => {
        if (compiling.has(other)) refuse(`it refers to itself through ${other.name}`);
        compile(other);
        return sqlOf(other);
      };
      const computed: Computed = { schema, object, field, definition: each, sqlOf: ready, refuse };
      waiting.set(field, () => {
        // The one moment at which a field changes: its SQL needs the other objects, and they have their fields by now.
        Object.assign(field, compileField(computed));
      });
    }
  }
  for (const field of [...waiting.keys()]) compile(field);
}

function compileField(computed: Computed): Partial<Field> {
  const { formula, rollUp } = computed.definition;
  if (formula) return compileFormulaField(computed);
  return rollUp ? compileRollUp(computed) : { defaultFormula: compileDefault(computed) };
}
