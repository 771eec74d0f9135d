import type { Field, Row, SObject } from '../schema/types.ts';
import type { Written } from '../store/database.ts';
import { bodyOf, fieldNames } from './body-fields.ts';
import type { ChangeType } from './event.ts';

/** What a transaction did to a record, all in all. */
export interface RecordChange {
  readonly object: SObject;
  readonly id: string;
  readonly type: ChangeType;
  readonly userId: string;
  /** The fields that say how the record is now: all that have a value, or, of an update, those that changed. */
  readonly body: Row;
  /** Of an update: which fields changed, and which of them to null. */
  readonly changed: readonly string[];
  readonly nulled: readonly string[];
}

/** What became of each record in a transaction; one that came and went within it is left out. */
export function recordChanges(writes: readonly Written[]): RecordChange[] {
  const records = new Map<string, Written>();
  for (const write of writes) {
    const { before } = records.get(write.id) ?? write;
    records.set(write.id, { ...write, before });
  }
  return [...records.values()].flatMap((written) => {
    const type = changeType(written);
    return type ? [recordChange(written, type)] : [];
  });
}

function changeType({ before, after }: Written): ChangeType | undefined {
  const isThere = (row: Row | null) => row !== null && row['IsDeleted'] !== true;
  if (isThere(before)) return isThere(after) ? 'UPDATE' : 'DELETE';
  if (isThere(after)) return before ? 'UNDELETE' : 'CREATE';
  return undefined;
}

function recordChange({ object, id, before, after }: Written, type: ChangeType): RecordChange {
  const userId = (after ?? before)!['LastModifiedById'] as string;
  const common = { object, id, type, userId, changed: [], nulled: [] };
  if (type === 'DELETE') return { ...common, body: {} };
  if (type !== 'UPDATE') return { ...common, body: bodyOf(object, after!, (_, value) => value !== null) };
  const changed = ({ name }: Field) =>
    name === 'LastModifiedDate' || (after![name] ?? null) !== (before![name] ?? null);
  const body = bodyOf(object, after!, changed);
  return {
    ...common,
    body,
    changed: fieldNames(object, body, () => true),
    nulled: fieldNames(object, body, (value) => value === null),
  };
}
