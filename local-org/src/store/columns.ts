import type { Field, FieldType, Value } from '../schema/types.ts';
import { quote } from './database.ts';
import type { SqlRow } from './database.ts';

const numeric: readonly FieldType[] = ['double', 'currency', 'percent', 'int', 'boolean'];

export const isNumeric = ({ type }: Field) => numeric.includes(type);

/** Text that compares without regard to case; IDs and case-sensitive fields compare as they are. */
export const ignoresCase = ({ type, caseSensitive }: Field) =>
  !caseSensitive && !numeric.includes(type) && !['date', 'datetime', 'time', 'address'].includes(type);

/** The SQL for a field's value in the row of a table alias. */
export function column(field: Field, alias: string): string {
  const at = (name: string) => `${alias}.${quote(name)}`;
  if (field.derived === null) return at(field.name);
  const value = field.derived.replace(/\{(\w+)\}/g, (_, name: string) => at(name));
  if (field.type === 'boolean') return `coalesce(${value}, 0)`;
  return ignoresCase(field) ? `(${value}) COLLATE NOCASE` : `(${value})`;
}

/** A column's declaration. */
export function declaration(field: Field): string {
  const affinity = isNumeric(field) ? (field.type === 'int' || field.type === 'boolean' ? 'INTEGER' : 'REAL') : 'TEXT';
  const collation = ignoresCase(field) ? ' COLLATE NOCASE' : '';
  const constraint = { id: ' PRIMARY KEY NOT NULL', boolean: ' NOT NULL DEFAULT 0' }[field.type as string] ?? '';
  return `${quote(field.name)} ${affinity}${collation}${constraint}`;
}

/** What SQLite holds, as REST shows it. */
export function fromSql(field: Field, value: SqlRow[string] | undefined): Value {
  if (value === null || value === undefined) return null;
  if (field.type === 'boolean') return value === 1;
  if (field.type === 'address' || field.type === 'anyType') return JSON.parse(value as string) as Value;
  return value as string | number;
}

/** What REST shows, as SQLite holds it. */
export function toSql(value: Value | undefined): string | number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'object' || value === undefined) return null;
  return value;
}
