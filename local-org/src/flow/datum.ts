import { coerce } from '../dml/coerce.ts';
import type { FieldType, Row, SObject, Value } from '../schema/types.ts';

/** What a name in a flow can hold: a value, a record, or a collection of either. Null is "not set". */
export type Datum = Value | FlowRecord | readonly Datum[];

/** A record in the memory of an interview. What has been set since it was read is what an update of it writes. */
export class FlowRecord {
  readonly object: SObject;
  readonly fields: Row;
  readonly changed = new Set<string>();
  /** Whether it has all stored fields; of a record that was read in part, no others are known or computed. */
  readonly isWhole: boolean;

  constructor(object: SObject, fields: Row = {}, isWhole = true) {
    this.object = object;
    this.fields = fields;
    this.isWhole = isWhole;
  }

  get id(): string | undefined {
    return (this.fields['Id'] ?? undefined) as string | undefined;
  }

  /** Throws a RowError where the field cannot hold the value. */
  set(name: string, value: Value): void {
    const field = this.object.field(name)!;
    this.fields[field.name] = coerce(field, converted(value, field.type));
    this.changed.add(field.name);
  }

  copy(): FlowRecord {
    const record = new FlowRecord(this.object, { ...this.fields }, this.isWhole);
    for (const name of this.changed) record.changed.add(name);
    return record;
  }
}

export const isCollection = (datum: Datum): datum is readonly Datum[] => Array.isArray(datum);

/** Variables hold copies: a record that is changed later stays what it was where it was assigned. */
export const copied = (datum: Datum): Datum =>
  isCollection(datum) ? datum.map(copied) : datum instanceof FlowRecord ? datum.copy() : datum;

/** A date where a datetime is wanted is its midnight; the rest is as it is. */
export function converted(value: Value, type: FieldType): Value {
  if (typeof value !== 'string') return value;
  if (type === 'datetime' && /^\d{4}-\d\d-\d\d$/.test(value)) return `${value}T00:00:00.000+0000`;
  return type === 'date' && value.includes('T') ? value.slice(0, 10) : value;
}

/** Nothing, empty text, or a collection without items. */
export const isUnset = (datum: Datum): boolean =>
  datum === null || datum === '' || (isCollection(datum) && datum.length === 0);

/** A single value as text; nothing is empty text. */
export const textOf = (datum: Datum): string => (datum === null || typeof datum === 'object' ? '' : String(datum));

/** Whether two items of collections are the same: values by value, records by all their fields. */
export const same = (left: Datum, right: Datum): boolean =>
  left instanceof FlowRecord && right instanceof FlowRecord
    ? JSON.stringify(left.fields) === JSON.stringify(right.fields)
    : left === right;
