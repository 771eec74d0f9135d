import type { Field, Row, SObject, Value } from '../schema/types.ts';

/** A field of a change event: one of the record's, or a compound of several. */
export interface BodyField {
  readonly name: string;
  readonly field: Field;
  /** Of a compound field: what it is made of. */
  readonly compound?: Compound;
}

export interface Compound {
  /** The Avro record that holds it. */
  readonly type: 'Address' | 'PersonName';
  readonly parts: readonly { readonly name: string; readonly field: Field }[];
}

const known = new WeakMap<SObject, readonly BodyField[]>();

/**
 * The fields of an object's change events, in order. Left out are the ID, IsDeleted, SystemModstamp, and whatever is
 * computed rather than stored; the parts of names and addresses stand within their compound fields.
 */
export function bodyFields(object: SObject): readonly BodyField[] {
  const found = known.get(object) ?? compute(object);
  known.set(object, found);
  return found;
}

function compute(object: SObject): BodyField[] {
  const compounds = new Map(
    object.fields.flatMap((field) => {
      const compound = compoundOf(object, field);
      return compound ? [[field.name, compound] as const] : [];
    }),
  );
  const parts = new Set([...compounds.values()].flatMap((compound) => compound.parts.map(({ field }) => field.name)));
  return object.fields.flatMap((field): BodyField[] => {
    const { name } = field;
    const compound = compounds.get(name);
    if (compound) return [{ name, field, compound }];
    const left = field.type === 'id' || ['IsDeleted', 'SystemModstamp'].includes(name) || parts.has(name);
    return left || field.derived !== null ? [] : [{ name, field }];
  });
}

const addressParts = 'Street City State PostalCode Country Latitude Longitude GeocodeAccuracy'.split(' ');
const nameParts = ['Salutation', 'FirstName', 'LastName'];

function compoundOf(object: SObject, { name, type, nameField, derived }: Field): Compound | undefined {
  const made = (of: Compound['type'], names: readonly string[], prefix = ''): Compound => ({
    type: of,
    parts: names.flatMap((part) => {
      const field = object.field(prefix + part);
      return field ? [{ name: part, field }] : [];
    }),
  });
  if (type === 'address') return made('Address', addressParts, name.replace(/Address$/, ''));
  if (nameField && derived !== null && object.field('LastName')) return made('PersonName', nameParts);
  return undefined;
}

/** The fields of a record that have a value and that are wanted, compounds nested. */
export function bodyOf(object: SObject, record: Row, wanted: (field: Field, value: Value) => boolean): Row {
  const body: Row = {};
  const value = (field: Field) => record[field.name] ?? null;
  for (const { name, field, compound } of bodyFields(object)) {
    if (compound) {
      const parts = compound.parts.filter((part) => wanted(part.field, value(part.field)));
      if (parts.length > 0) body[name] = Object.fromEntries(parts.map((part) => [part.name, value(part.field)]));
    } else if (wanted(field, value(field))) body[name] = value(field);
  }
  return body;
}

/** The fields of a body whose value is wanted; the parts of compounds as `Name.FirstName`. */
export const fieldNames = (object: SObject, body: Row, wanted: (value: Value) => boolean): string[] =>
  bodyFields(object).flatMap(({ name, compound }) => {
    const value = body[name];
    if (value === undefined) return [];
    if (!compound) return wanted(value) ? [name] : [];
    const parts = Object.entries(value as Row).filter(([, part]) => wanted(part));
    return parts.map(([part]) => `${name}.${part}`);
  });

const custom = /__c$/;

/** `LeadChangeEvent`, `Score__ChangeEvent` */
export const changeEventName = (object: string) =>
  custom.test(object) ? object.replace(custom, '__ChangeEvent') : `${object}ChangeEvent`;
