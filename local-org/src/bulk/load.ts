import { setImmediate } from 'node:timers/promises';
import type { ApiError } from '../errors.ts';
import type { Org, SaveResult, User } from '../org.ts';
import type { Row } from '../schema/types.ts';

export const operations = ['insert', 'update', 'upsert', 'delete', 'hardDelete'] as const;
export type Operation = (typeof operations)[number];

/** What a job does with each of its rows. */
export interface Load {
  /** The object's API name. */
  readonly object: string;
  readonly operation: Operation;
  /** For upsert. */
  readonly externalIdFieldName: string;
}

const chunk = 200;

export interface Progress {
  /** Rows that were saved before, by this process or an earlier one. */
  readonly from: number;
  /** Notes the results of a chunk, in the transaction that saves it: no row is saved twice, and none goes unnoticed. */
  readonly keep: (results: readonly SaveResult[], at: number) => void;
  readonly stopped: () => boolean;
}

/**
 * Saves rows as Bulk does, in transactions of 200; between them other calls get their turn. A row that fails stands
 * alone.
 */
export async function loadRows(
  org: Org,
  user: User,
  load: Load,
  rows: readonly Row[],
  { from, keep, stopped }: Progress,
): Promise<void> {
  for (let at = from; ; at += chunk) {
    await setImmediate();
    if (at >= rows.length || stopped()) return;
    org.transaction(() => {
      keep(save(org, user, load, rows.slice(at, at + chunk)), at);
    });
  }
}

function save(org: Org, user: User, { object, operation, externalIdFieldName }: Load, rows: Row[]): SaveResult[] {
  if (operation === 'insert') return org.insert(user, object, rows);
  if (operation === 'update') return org.update(user, object, rows);
  if (operation === 'upsert') return org.upsert(user, object, externalIdFieldName, rows);
  const ids = rows.map((row) => (row['Id'] ?? '') as string);
  return org.remove(user, ids, { hard: operation === 'hardDelete' });
}

/** A failed row's errors as one text: `REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --`. */
export const errorText = ({ errors }: SaveResult) =>
  errors.map(({ statusCode, message, fields }) => `${statusCode}:${message}:${fields.join(',')} --`).join(';');

/** What a client asks to be loaded, checked; `refuse` makes the API's own error of a code and a message. */
export function checkLoad(
  org: Org,
  user: User,
  { object: name, operation, externalIdFieldName }: Readonly<Record<string, unknown>>,
  refuse: (code: string, message: string) => ApiError,
): Load {
  const object = org.schema.object(String(name));
  if (!object || object.isEvent)
    throw refuse('InvalidEntity', `Entity '${String(name)}' is not supported by the Bulk API.`);
  if (!operations.includes(operation as Operation))
    throw refuse('InvalidJob', `Invalid operation '${String(operation)}'`);
  if (operation === 'hardDelete' && !org.permissions(user).user.includes('BulkApiHardDelete'))
    throw refuse(
      'FeatureNotEnabled',
      'hardDelete operation requires special user profile permission, please contact your system administrator',
    );
  const key = operation === 'upsert' ? object.field(String(externalIdFieldName)) : undefined;
  if (operation === 'upsert' && !(key?.externalId || key?.type === 'id'))
    throw refuse(
      'InvalidJob',
      `Field name provided, ${String(externalIdFieldName)} does not match an External ID, Salesforce Id, or indexed field for ${object.name}`,
    );
  return { object: object.name, operation: operation as Operation, externalIdFieldName: key?.name ?? '' };
}
