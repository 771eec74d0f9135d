import type { FormulaProgram } from '../schema/formula-field.ts';
import type { Schema } from '../schema/types.ts';
import { datetimeText } from '../time.ts';
import { fromSql, toSql } from './columns.ts';
import type { Database } from './database.ts';

/** Lets SQL ask for the org's time, `org_now()`, and evaluate the formula fields of a schema: `formula('Lead.Age__c', "CreatedDate")`. */
export function defineFormulas(database: Database, schema: Schema, clock: () => number): void {
  const programs = new Map<string, FormulaProgram>(
    schema.objects.flatMap(({ name, fields }) =>
      fields.flatMap((field) => (field.formula ? [[`${name}.${field.name}`, field.formula] as const] : [])),
    ),
  );
  database.define('org_now', () => datetimeText(clock()));
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
