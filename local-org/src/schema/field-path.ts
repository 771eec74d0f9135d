import type { Field, Schema, SObject } from './types.ts';

let aliases = 0;

/** Where a path of fields begins, and how its mistakes are told. */
export interface PathStart {
  readonly schema: Schema;
  readonly object: SObject;
  /** The SQL of a field over `{Field}` placeholders. */
  readonly sqlOf: (field: Field) => string;
  readonly refuse: (problem: string) => never;
}

/** The SQL of a field whose schema is complete. */
export const sqlOf = ({ name, derived }: Field) => (derived === null ? `{${name}}` : `(${derived})`);

/** `Industry`, `Account.Owner.Name` or `Owner:User.Name` from an object: the field, and its SQL over `{Field}` placeholders. */
export function fieldPath(
  { object, schema, sqlOf, refuse }: PathStart,
  name: string,
): { readonly field: Field; readonly sql: string } {
  const reach = (at: SObject, [first = '', ...rest]: readonly string[]): { field: Field; sql: string } => {
    if (rest.length === 0) {
      const field = at.field(first) ?? refuse(`Field ${first} does not exist. Check spelling.`);
      if (field.type === 'address' || (field.type === 'textarea' && field.length > 255))
        refuse(`Field ${first} is of a type that formulas cannot use`);
      return { field, sql: sqlOf(field) };
    }
    const [relationship = '', type] = first.split(':');
    const lookup = at.parent(relationship) ?? refuse(`Field ${name} does not exist. Check spelling.`);
    const target =
      type === 'Queue' ? 'Group' : (type ?? (lookup.referenceTo.length === 1 ? lookup.referenceTo[0] : ''));
    const parent = lookup.referenceTo.includes(target!) ? schema.object(target!) : undefined;
    if (!parent)
      return refuse(`${name}: ${relationship} looks up to ${lookup.referenceTo.join(', ')}; name one of them`);
    const inner = reach(parent, rest);
    const alias = `p${++aliases}`;
    const sql = inner.sql.replace(/\{(\w+)\}/g, (_, column: string) => `${alias}."${column}"`);
    return {
      field: inner.field,
      sql: `(SELECT ${sql} FROM "${parent.name}" ${alias} WHERE ${alias}."Id" = ${sqlOf(lookup)})`,
    };
  };
  return reach(object, name.split('.'));
}
