import type { QueryRecord } from '../org.ts';
import type { Schema } from '../schema/types.ts';
import { fromSql } from '../store/columns.ts';
import type { SqlRow } from '../store/database.ts';
import type { Slot } from './select.ts';

type Open = { attributes: { type: string; url?: string } } & Record<string, unknown>;

/** A row as the nested record that REST answers. */
export function toRecord(schema: Schema, version: string, slots: readonly Slot[], row: SqlRow): QueryRecord {
  const record = open(schema, version, row['c0'] as string);
  for (const { as, field, path } of slots) {
    let at: Open | null = record;
    for (const { name, idAs } of path) {
      const id = row[idAs] as string | null;
      at[name] ??= id === null ? null : open(schema, version, id);
      at = at[name] as Open | null;
      if (at === null) break;
    }
    if (at) at[field.name] = fromSql(field, row[as]);
  }
  return record;
}

function open(schema: Schema, version: string, id: string): Open {
  const type = schema.ofId(id)!.name;
  return { attributes: { type, url: `/services/data/v${version}/sobjects/${type}/${id}` } };
}
