import type { QueryRecord } from '../org.ts';
import type { Schema } from '../schema/types.ts';
import { fromSql } from '../store/columns.ts';
import type { SqlRow } from '../store/database.ts';
import type { Select } from './select.ts';

type Open = { attributes: { type: string; url?: string } } & Record<string, unknown>;

/** A row as the nested record that REST answers. */
export function toRecord(schema: Schema, version: string, { object, slots }: Select, row: SqlRow): QueryRecord {
  const record = open(version, object.name, row['c0'] as string);
  for (const { as, field, path, when, show } of slots) {
    let at: Open | null = record;
    for (const { name, idAs } of path) {
      const id = row[idAs] as string | null;
      const type = id === null ? undefined : schema.ofId(id)!.name;
      const isMeant = type !== undefined && (when?.(type) ?? true);
      at[name] ??= isMeant ? open(version, type, id!) : null;
      at = isMeant ? (at[name] as Open) : null;
      if (!at) break;
    }
    const value = fromSql(field, row[as]);
    if (at) at[field.name] = show ? show(value) : value;
  }
  return record;
}

function open(version: string, type: string, id: string): Open {
  return { attributes: { type, url: `/services/data/v${version}/sobjects/${type}/${id}` } };
}
