import { ApiError } from '../errors.ts';
import type { Field, SObject } from '../schema/types.ts';
import { withETag } from './etag.ts';
import { masterRecordType } from './record-type.ts';

const hasValues = ({ type }: Field) => type === 'picklist' || type === 'multipicklist';

const url = (version: string, { name }: SObject, field: string) =>
  `/services/data/${version}/ui-api/object-info/${name}/picklist-values/${masterRecordType}/${field}`;

/** The values of one picklist field. */
export function picklistValues(version: string, object: SObject, name: string): object {
  const field = object.field(name);
  if (!field || !hasValues(field))
    throw new ApiError(400, 'INVALID_FIELD', `${name} is no picklist field of ${object.name}`);
  const values = field.picklist.map(({ value, label }) => ({ attributes: null, label, validFor: [], value }));
  const defaultValue = values[field.picklist.findIndex(({ isDefault }) => isDefault)] ?? null;
  return withETag({ controllerValues: {}, defaultValue, url: url(version, object, field.name), values });
}

/** The values of all picklist fields of an object. */
export const allPicklistValues = (version: string, object: SObject): object =>
  withETag({
    picklistFieldValues: Object.fromEntries(
      object.fields.filter(hasValues).map(({ name }) => [name, picklistValues(version, object, name)]),
    ),
  });
