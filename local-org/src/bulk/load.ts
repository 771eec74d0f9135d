import { setImmediate } from 'node:timers/promises';
import type { ApiError } from '../errors.ts';
import type { Org, SaveResult, User } from '../org.ts';
import type { Row, SObject } from '../schema/types.ts';

export const operations = ['insert', 'update', 'upsert', 'delete'] as const;
export type Operation = (typeof operations)[number];

/** What a job does with each of its rows. */
export interface Load {
  readonly object: SObject;
  readonly operation: Operation;
  /** For upsert. */
  readonly externalIdFieldName: string;
}

const chunk = 200;

/**
 * Saves rows as Bulk does, in transactions of 200; between them other calls get their turn. Yields the results of each.
 * A row that fails stands alone.
 */
export async function* loadRows(org: Org, user: User, load: Load, rows: readonly Row[]): AsyncGenerator<SaveResult[]> {
  for (let at = 0; at < rows.length; at += chunk) {
    await setImmediate();
    yield save(org, user, load, rows.slice(at, at + chunk));
  }
}

function save(org: Org, user: User, { object, operation, externalIdFieldName }: Load, rows: Row[]): SaveResult[] {
  if (operation === 'insert') return org.insert(user, object.name, rows);
  if (operation === 'update') return org.update(user, object.name, rows);
  if (operation === 'upsert') return org.upsert(user, object.name, externalIdFieldName, rows);
  return org.remove(
    user,
    rows.map((row) => (row['Id'] ?? '') as string),
  );
}

/** A failed row's errors as one text: `REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --`. */
export const errorText = ({ errors }: SaveResult) =>
  errors.map(({ statusCode, message, fields }) => `${statusCode}:${message}:${fields.join(',')} --`).join(';');

/** What a client asks to be loaded, checked; `refuse` makes the API's own error of a code and a message. */
export function checkLoad(
  org: Org,
  { object: name, operation, externalIdFieldName }: Readonly<Record<string, unknown>>,
  refuse: (code: string, message: string) => ApiError,
): Load {
  const object = org.schema.object(String(name));
  if (!object || object.isEvent)
    throw refuse('InvalidEntity', `Entity '${String(name)}' is not supported by the Bulk API.`);
  if (!operations.includes(operation as Operation))
    throw refuse('InvalidJob', `Invalid operation '${String(operation)}'`);
  const key = operation === 'upsert' ? object.field(String(externalIdFieldName)) : undefined;
  if (operation === 'upsert' && !(key?.externalId || key?.type === 'id'))
    throw refuse(
      'InvalidJob',
      `Field name provided, ${String(externalIdFieldName)} does not match an External ID, Salesforce Id, or indexed field for ${object.name}`,
    );
  return { object, operation: operation as Operation, externalIdFieldName: key?.name ?? '' };
}
