import type { Row, SObject } from '../schema/types.ts';
import type { Dml, SaveContext } from './dml.ts';

/** All stored fields of a new record: what was given, else the default. A picklist's default stands in for null too. */
export function withDefaults({ clock }: Pick<Dml, 'clock'>, context: SaveContext, object: SObject, given: Row): Row {
  const row: Row = {};
  for (const field of object.stored) {
    const value = given[field.name];
    const absent = value === undefined || (value === null && !field.nillable);
    row[field.name] = absent ? (field.defaultFormula?.(clock()) ?? field.defaultValue) : value;
  }
  if (row['OwnerId'] === null) row['OwnerId'] = context.user.id;
  return Object.assign(row, following(object, null, row, given));
}

/** Fields that follow another one (a stage brings its probability) unless they are given themselves. */
export function following(object: SObject, before: Row | null, after: Row, given: Row): Row {
  const changes: Row = {};
  for (const { name, defaultsFrom } of object.fields) {
    if (!defaultsFrom || given[name] !== undefined) continue;
    const source = after[defaultsFrom.field] as string | null;
    const value = defaultsFrom.values[source ?? ''];
    if (value !== undefined && source !== before?.[defaultsFrom.field]) changes[name] = value;
  }
  return changes;
}

/** `SC-{0000000}` with the next number in it. */
export function autoNumbers(dml: Dml, object: SObject): Row {
  const numbered = object.fields.filter(({ autoNumber }) => autoNumber !== null);
  return Object.fromEntries(
    numbered.map(({ name, autoNumber }) => {
      const number = String(dml.sequences.next(`${object.name}.${name}`));
      return [name, autoNumber!.replace(/\{(0+)\}/, (_, zeros: string) => number.padStart(zeros.length, '0'))];
    }),
  );
}
