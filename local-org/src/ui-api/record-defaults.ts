import type { Org, User } from '../org.ts';
import type { SObject } from '../schema/types.ts';
import { fieldValue } from './field-value.ts';
import { layout, layoutFields } from './layout.ts';
import { objectInfo } from './object-info.ts';
import { objectOfRecord, readRecord } from './records.ts';
import { masterRecordType } from './record-type.ts';

/** What a form for a new record starts with: defaults, the layout, and what there is to know of the object. */
export const createDefaults = (user: User, object: SObject): object =>
  defaults(object, (name) => {
    const field = object.field(name)!;
    return fieldValue(field, name === 'OwnerId' ? user.id : field.defaultValue);
  });

/** The same for a copy of a record. */
export function cloneDefaults(org: Org, user: User, id: string): object {
  const object = objectOfRecord(org, id);
  const names = layoutFields(object, 'Full', 'Create').map(({ name }) => `${object.name}.${name}`);
  const { fields } = readRecord(org, user, id, names);
  return defaults(object, (name) => fields[name]);
}

const defaults = (object: SObject, valueOf: (name: string) => unknown): object => ({
  layout: layout(object, 'Full', 'Create'),
  objectInfos: { [object.name]: objectInfo(object) },
  record: {
    apiName: object.name,
    childRelationships: {},
    fields: Object.fromEntries(layoutFields(object, 'Full', 'Create').map(({ name }) => [name, valueOf(name)])),
    id: null,
    lastModifiedById: null,
    lastModifiedDate: null,
    recordTypeId: masterRecordType,
    recordTypeInfo: null,
    systemModstamp: null,
  },
});
