import type { FormulaProgram } from '../schema/formula-field.ts';
import type { Schema } from '../schema/types.ts';
import { fromSql, toSql } from './columns.ts';
import type { Database } from './database.ts';

/** Lets SQL evaluate the formula fields of a schema: `formula('Lead.Age__c', "CreatedDate")`. */
export function defineFormulas(database: Database, schema: Schema, clock: () => number): void {
  const programs = new Map<string, FormulaProgram>(
    schema.objects.flatMap(({ name, fields }) =>
      fields.flatMap((field) => (field.formula ? [[`${name}.${field.name}`, field.formula] as const] : [])),
    ),
  );
  database.define('formula', (name, ...values) => {
    const { inputs, evaluate } = programs.get(name as string)!;
    return toSql(
      evaluate(
        inputs.map((field, i) => fromSql(field, values[i])),
        clock(),
      ),
    );
  });
}
