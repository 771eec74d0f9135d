import { ApiError, invalidField } from '../errors.ts';
import type { SaveResult } from '../org.ts';
import type { Row, SObject } from '../schema/types.ts';
import { canonicalId } from '../store/id.ts';
import { ok } from './route.ts';
import type { Call, Reply } from './route.ts';

export const notFound = () => new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');

/** The object that the path names. */
export function knownObject({ org, params }: Call): SObject {
  const object = org.schema.object(params['object']!);
  if (!object) throw notFound();
  return object;
}

/** The ID that the path names, of a record of this object. */
export function pathId({ params }: Call, object: SObject): string {
  const id = canonicalId(params['id']);
  if (!id)
    throw new ApiError(
      404,
      'NOT_FOUND',
      `Provided external ID field does not exist or is not accessible: ${params['id']!}`,
    );
  if (!id.startsWith(object.keyPrefix)) throw notFound();
  return id;
}

/** The body as a JSON object. */
export function objectBody({ body }: Call): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new ApiError(
    400,
    'JSON_PARSER_ERROR',
    'The HTTP entity body is required, but this request has no entity body.',
  );
}

/** The body as a record. What the path says already must not stand in it again. */
export function recordBody(call: Call, ...keys: string[]): Row {
  const row = objectBody(call) as Row;
  const named = ['Id', ...keys].find((key) =>
    Object.keys(row).some((name) => name.toLowerCase() === key.toLowerCase()),
  );
  if (named === undefined) return row;
  throw new ApiError(400, 'INVALID_FIELD', `The ${named} field should not be specified in the sobject data.`, [named]);
}

/** A single row's failure as the error of the whole call. */
export function throwFailure({ success, errors }: SaveResult): void {
  const [error, ...more] = errors;
  if (success || !error) return;
  const { statusCode, message, fields } = error;
  if (statusCode === 'INVALID_CROSS_REFERENCE_KEY' && fields.length === 0) throw notFound();
  throw new ApiError(statusOf(statusCode), statusCode, message, fields, more);
}

const statusOf = (code: string) =>
  code === 'ENTITY_IS_DELETED' ? 404 : code === 'INSUFFICIENT_ACCESS_OR_READONLY' ? 403 : 400;

export const noContent: Reply = { status: 204 };

/** A value as a SOQL literal. */
export const literal = (value: string) =>
  `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;

/** A record by its ID, with these fields or all of them. */
export function readRecord({ org, user, version, query }: Call, object: SObject, id: string): Reply {
  const names = query['fields'] === undefined ? object.fields.map(({ name }) => name) : query['fields'].split(',');
  const soql = `SELECT ${fieldList(names)} FROM ${object.name} WHERE Id = ${literal(id)}`;
  const [record] = org.query(user, soql, { version }).records;
  if (!record) throw isDeleted(org, user, object, id) ? entityIsDeleted() : notFound();
  return ok(record);
}

const isDeleted = (org: Call['org'], user: Call['user'], { name, recycleBin }: SObject, id: string) =>
  recycleBin && org.query(user, `SELECT Id FROM ${name} WHERE Id = ${literal(id)}`, { all: true }).totalSize > 0;

const entityIsDeleted = () => new ApiError(404, 'ENTITY_IS_DELETED', 'entity is deleted');

/** Field names, and nothing but names, for a SELECT. */
export function fieldList(names: readonly string[]): string {
  const wrong = names.find((name) => !/^[\w.]+$/.test(name));
  if (wrong !== undefined) throw invalidField(`No such column '${wrong}'`);
  return names.join(', ');
}
