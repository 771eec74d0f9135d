import type { Field, Row, SObject, Value } from '../schema/types.ts';
import { column, fromSql, toSql } from '../store/columns.ts';
import { quote } from '../store/database.ts';
import type { Database } from '../store/database.ts';

/** A computed field of a row as it stands in memory, which may not be stored yet. */
export function compute(database: Database, object: SObject, row: Row, field: Field): Value {
  const columns = object.stored.map(({ name }) => `? AS ${quote(name)}`).join(', ');
  const found = database.get(
    `SELECT ${column(field, 't')} AS value FROM (SELECT ${columns}) t`,
    ...object.stored.map(({ name }) => toSql(row[name])),
  );
  return fromSql(field, found?.['value']);
}
