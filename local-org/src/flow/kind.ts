import type { Xml } from '../metadata/xml.ts';
import type { FieldType, Schema, SObject } from '../schema/types.ts';
import { refuse, type Place } from './problem.ts';

/** What a name in a flow can stand for, known when the flow is loaded. */
export interface Kind {
  /** `blank` is a literal without a value: it fits everywhere. */
  readonly type: FieldType | 'record' | 'blank';
  /** Of records. */
  readonly object?: SObject | undefined;
  readonly collection?: boolean;
}

/** The data types of variables, constants and formulas, as describe names them. */
const dataTypes: Partial<Record<string, FieldType>> = {
  String: 'string',
  Number: 'double',
  Currency: 'currency',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Picklist: 'picklist',
  Multipicklist: 'multipicklist',
};

export function scalarType(place: Place, xml: Xml): FieldType {
  const name = xml.required('dataType');
  return dataTypes[name] ?? refuse(place, `the data type ${name} is not supported by the local org`);
}

/** The kind that a variable declares. */
export function declaredKind(place: Place, schema: Schema, xml: Xml): Kind {
  const collection = xml.flag('isCollection');
  if (xml.text('dataType') !== 'SObject') return { type: scalarType(place, xml), collection };
  const name = xml.required('objectType');
  return { type: 'record', object: schema.object(name) ?? refuse(place, `there is no object ${name}`), collection };
}

const groups: Partial<Record<Kind['type'], string>> = {
  int: 'Number',
  double: 'Number',
  currency: 'Number',
  percent: 'Number',
  boolean: 'Boolean',
  date: 'Date',
  datetime: 'Date',
  time: 'Time',
  record: 'Record',
  blank: 'blank',
};

const group = ({ type }: Kind) => groups[type] ?? 'Text';

/** How a refusal names a kind: `Number`, `Lead record`, `Text collection`. */
export function kindName(kind: Kind): string {
  const name = kind.type === 'record' ? `${kind.object!.name} record` : group(kind);
  return kind.collection ? `${name} collection` : name;
}

/** Whether values of two kinds can be compared. */
export function comparable(left: Kind, right: Kind): boolean {
  if (left.type === 'blank' || right.type === 'blank') return true;
  return group(left) === group(right) && left.object === right.object;
}

/** Whether a variable or field takes a value of this kind. Numbers, dates and Booleans become text where text is wanted. */
export function takes(target: Kind, value: Kind): boolean {
  if (value.type === 'blank') return true;
  if (Boolean(target.collection) !== Boolean(value.collection)) return false;
  if (target.type === 'record' || value.type === 'record')
    return target.type === value.type && target.object === value.object;
  return group(target) === 'Text' || group(target) === group(value);
}
