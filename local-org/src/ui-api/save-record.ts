import { ApiError } from '../errors.ts';
import type { Org, User } from '../org.ts';
import type { Row, SObject } from '../schema/types.ts';
import { layoutFields } from './layout.ts';
import { notFound, RecordError } from './record-error.ts';
import { objectOfRecord, readRecord } from './records.ts';
import type { RecordRepresentation } from './records.ts';

export interface RecordInput {
  readonly apiName?: string | null;
  readonly fields?: Row;
}

/** Creates a record; answered with the fields of the full layout, as it is then. */
export function createRecord(org: Org, user: User, { apiName, fields = {} }: RecordInput): RecordRepresentation {
  const object = org.schema.object(apiName ?? '');
  if (!object) throw new ApiError(400, 'INVALID_TYPE', `Object ${apiName ?? ''} is not supported in UI API`);
  const [result] = org.insert(user, object.name, [fields]);
  if (!result?.success || result.id === undefined) throw new RecordError(object, 'create', result?.errors ?? []);
  return readFull(org, user, object, result.id);
}

/**
 * Changes a record. With `unmodifiedSince`, an HTTP date or an ISO instant, a record that somebody changed after it stays
 * as it is: 412.
 */
export function updateRecord(
  org: Org,
  user: User,
  id: string,
  { fields = {} }: RecordInput,
  unmodifiedSince?: string,
): RecordRepresentation {
  const object = objectOfRecord(org, id);
  if (unmodifiedSince !== undefined) checkUnmodified(readRecord(org, user, id, []), unmodifiedSince);
  const [result] = org.update(user, object.name, [{ ...fields, Id: id }]);
  if (!result?.success) throw refusal(object, 'update', result?.errors ?? []);
  return readFull(org, user, object, id);
}

export function deleteRecord(org: Org, user: User, id: string): void {
  const object = objectOfRecord(org, id);
  const [result] = org.remove(user, [id]);
  if (!result?.success) throw refusal(object, 'delete', result?.errors ?? []);
}

function refusal(object: SObject, action: 'update' | 'delete', errors: ConstructorParameters<typeof RecordError>[2]) {
  const [code] = errors.map(({ statusCode }) => statusCode);
  if (code === 'ENTITY_IS_DELETED' || (code === 'INVALID_CROSS_REFERENCE_KEY' && !errors[0]?.fields.length))
    return notFound();
  if (code?.startsWith('INSUFFICIENT_ACCESS')) return new ApiError(403, code, errors[0]?.message ?? '');
  return new RecordError(object, action, errors);
}

const readFull = (org: Org, user: User, object: SObject, id: string): RecordRepresentation => {
  const fields = layoutFields(org.schema.object(object.name)!, 'Full', 'View');
  return readRecord(
    org,
    user,
    id,
    fields.map(({ name }) => `${object.name}.${name}`),
  );
};

/** HTTP dates have no milliseconds. */
function checkUnmodified({ lastModifiedDate }: RecordRepresentation, since: string): void {
  const asked = Date.parse(since);
  if (Number.isNaN(asked)) throw new ApiError(400, 'INVALID_PARAMETER_VALUE', `${since} is no date`);
  const modified = Date.parse(lastModifiedDate ?? '');
  if (Math.floor(modified / 1000) > Math.floor(asked / 1000) || (/\.\d/.test(since) && modified > asked))
    throw new ApiError(412, 'PRECONDITION_FAILED', `the record was modified at ${lastModifiedDate ?? ''}`);
}
