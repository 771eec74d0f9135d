import { ApiError } from '../errors.ts';
import { canonicalId } from '../store/id.ts';

/** The record type of objects that have none. */
export const masterRecordType = '012000000000000AAA';

/** Refuses any other: the local org has no record types. */
export function checkRecordType(id: string | undefined): void {
  if (id !== undefined && canonicalId(id) !== masterRecordType)
    throw new ApiError(404, 'NOT_FOUND', `The record type ${id} does not exist`);
}
