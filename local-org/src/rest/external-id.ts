import { ApiError, NotSupported } from '../errors.ts';
import { coerce } from '../dml/coerce.ts';
import type { Field, SObject } from '../schema/types.ts';
import { isNumeric } from '../store/columns.ts';
import { canonicalId } from '../store/id.ts';
import { knownObject, literal, noContent, notFound, readRecord, recordBody, throwFailure } from './request.ts';
import type { Call, Reply, Route } from './route.ts';

/** The field and the value that the path names. */
function keyOf({ params }: Call, object: SObject): { field: Field; value: string | number } {
  if (canonicalId(params['field'])) throw new NotSupported('reading related records by relationship');
  const field = object.field(params['field']!);
  if (!field || !(field.externalId || field.type === 'id'))
    throw new ApiError(
      404,
      'NOT_FOUND',
      `Provided external ID field does not exist or is not accessible: ${params['field']!}`,
    );
  const value = coerce(field, params['value']) as string | number | null;
  if (value === null) throw notFound();
  return { field, value };
}

/** The IDs that the path finds; more than one answers 300 with their addresses. */
function found(call: Call, object: SObject): string[] {
  const { field, value } = keyOf(call, object);
  const shown = isNumeric(field) ? String(value) : literal(String(value));
  const { records } = call.org.query(call.user, `SELECT Id FROM ${object.name} WHERE ${field.name} = ${shown}`);
  return records.map((record) => record['Id'] as string);
}

const choices = (call: Call, object: SObject, ids: string[]): Reply => ({
  status: 300,
  body: ids.map((id) => `/services/data/v${call.version}/sobjects/${object.name}/${id}`),
});

/** Runs with the one ID that the path finds. */
const withOne =
  (work: (call: Call, object: SObject, id: string) => Reply) =>
  (call: Call): Reply => {
    const object = knownObject(call);
    const ids = found(call, object);
    if (ids.length === 0) throw notFound();
    return ids.length > 1 ? choices(call, object, ids) : work(call, object, ids[0]!);
  };

function upsert(call: Call): Reply {
  const object = knownObject(call);
  const { field, value } = keyOf(call, object);
  const row = recordBody(call, field.name);
  if (call.query['updateOnly'] !== undefined) throw new NotSupported('updateOnly in an upsert');
  const ids = found(call, object);
  if (ids.length > 1) return choices(call, object, ids);
  const [result] = call.org.upsert(call.user, object.name, field.name, [{ ...row, [field.name]: value }]);
  throwFailure(result!);
  const { id, created, errors } = result!;
  // Up to version 45, a change by external ID is answered like one by ID.
  if (!created && Number(call.version) < 46) return noContent;
  return { status: created ? 201 : 200, body: { id, success: true, errors, created } };
}

const path = '/sobjects/:object/:field/:value';

export const externalIds: Route[] = [
  { method: 'GET', path, handle: withOne(readRecord) },
  { method: 'PATCH', path, handle: upsert },
  {
    method: 'DELETE',
    path,
    handle: withOne((call, _, id) => {
      throwFailure(call.org.remove(call.user, [id])[0]!);
      return noContent;
    }),
  },
];
