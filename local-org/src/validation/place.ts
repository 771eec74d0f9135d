import type { Change, Dml } from '../dml/dml.ts';
import { formulaType } from '../formula/term.ts';
import type { Place, Term } from '../formula/term.ts';
import type { User } from '../org.ts';
import { fieldPath, sqlOf } from '../schema/field-path.ts';
import { asRead } from '../schema/formula-field.ts';
import type { Row, Schema, SObject, Value } from '../schema/types.ts';

/** The save that a rule looks at. */
export interface Save {
  readonly dml: Dml;
  readonly user: User;
  readonly change: Change;
}

/** What the names of a rule's formula stand for: fields of the record as it is about to be saved, of its parents, and of the user. */
export function rulePlace(schema: Schema, object: SObject, refuse: (problem: string) => never): Place<Save> {
  const field =
    (record: (save: Save) => Row) =>
    (name: string): Term<Save> => {
      const path = fieldPath({ schema, object, sqlOf, refuse }, name);
      const adapt = asRead(path.field, 'blank');
      const own = path.sql === `{${path.field.name}}`;
      const read = ({ dml }: Save, row: Row): Value =>
        own ? (row[path.field.name] ?? null) : dml.records.evaluate(path.field, path.sql, row);
      return {
        type: formulaType(path.field.type),
        reference: name,
        evaluate: (save) => adapt(read(save, record(save))),
      };
    };
  const after = field(({ change }) => change.after);
  return {
    braces: false,
    blankNumber: 'blank',
    now: ({ dml }) => dml.clock(),
    reference: (name) => (name.startsWith('$') ? userField(schema, name, refuse) : after(name)),
    save: {
      prior: field(({ change }) => change.before ?? change.after),
      isNew: ({ change }) => change.before === null,
    },
    refuse,
  };
}

/** `$User.ProfileId`: a field of the user who saves. */
function userField(schema: Schema, name: string, refuse: (problem: string) => never): Term<Save> {
  const users = schema.object('User')!;
  const field = name.startsWith('$User.') ? users.field(name.slice('$User.'.length)) : undefined;
  if (!field) return refuse(`${name} is not supported by the local org`);
  const adapt = asRead(field, 'blank');
  return {
    type: formulaType(field.type),
    reference: name,
    evaluate: ({ dml, user }) => adapt(dml.records.value(users, user.id, field)),
  };
}
