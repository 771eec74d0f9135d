import type { FieldTypeOf } from '@jetstreamapp/soql-parser-js';
import { invalidField, malformedQuery, NotSupported } from '../errors.ts';
import type { Field, Schema } from '../schema/types.ts';
import { column } from '../store/columns.ts';
import { quote } from '../store/database.ts';
import { noSuchColumn } from './scope.ts';
import type { Scope, Step } from './scope.ts';

/** A field of one of the objects that a polymorphic lookup can mean, selected where it does mean that object. */
export interface TypedField {
  readonly field: Field;
  readonly sql: string;
  readonly path: readonly Step[];
  readonly when: (type: string) => boolean;
}

/** The fields of `TYPEOF What WHEN Account THEN Phone ... ELSE Name END`. */
export function typedFields(schema: Schema, scope: Scope, { field: name, conditions }: FieldTypeOf): TypedField[] {
  const lookup = scope.object.parent(name);
  if (!lookup) throw invalidField(`Didn't understand relationship '${name}' in field path '${name}'.`);
  if (lookup.referenceTo.length < 2) throw malformedQuery(`TYPEOF takes a polymorphic relationship, not ${name}`);
  const id = column(lookup, scope.alias);
  const path = [{ name: lookup.relationshipName!, id }];
  const named = conditions.flatMap(({ objectType }) => objectType ?? []);
  return conditions.flatMap(({ objectType, fieldList }): TypedField[] => {
    if (objectType === undefined) {
      const when = (type: string) => !named.includes(type);
      return fieldList.map((each) => ({ ...scope.reach(`${name}.${each}`), when }));
    }
    const target = lookup.referenceTo.includes(objectType) ? schema.object(objectType) : undefined;
    if (!target) throw malformedQuery(`TYPEOF ${name}: ${objectType} is not one of ${lookup.referenceTo.join(', ')}`);
    return fieldList.map((each) => {
      if (each.includes('.')) throw new NotSupported(`the path ${each} within TYPEOF in SOQL`);
      const field = target.field(each);
      if (!field) throw noSuchColumn(each, target.name);
      const sql = `(SELECT ${column(field, 'n')} FROM ${quote(target.name)} n WHERE n."Id" = ${id})`;
      return { field, sql, path, when: (type) => type === target.name };
    });
  });
}
