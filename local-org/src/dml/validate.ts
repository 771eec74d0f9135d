import type { Field, Row, SObject, Value } from '../schema/types.ts';
import { convertedLead, isConvertedLead } from './converted-lead.ts';
import type { Dml } from './dml.ts';
import { twinOf } from './twin.ts';
import { entityIsDeleted, noSuchRecord, RowError } from './row-error.ts';

/** Refuses a record that Salesforce would refuse. `changed` holds the fields that this save sets. */
export function validate(dml: Dml, object: SObject, id: string, after: Row, changed: Row): void {
  const missing = object.fields.filter(
    ({ nillable, name, derived, autoNumber }) =>
      !nillable && derived === null && autoNumber === null && name in changed && after[name] === null,
  );
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name);
    throw new RowError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
  }
  if (object.name === 'CampaignMember' && twinOf(dml, object, after) !== undefined)
    throw new RowError('DUPLICATE_VALUE', 'Already a campaign member.');
  for (const field of object.fields) {
    const value = changed[field.name] ?? null;
    // The user who saves is there, and active.
    const isSaver = value === after['LastModifiedById'] && field.referenceTo.includes('User');
    if (value !== null && field.createable && !isSaver) checkValue(dml, object, id, field, value);
  }
}

function checkValue(dml: Dml, object: SObject, id: string, field: Field, value: Value): void {
  const { name, label, type } = field;
  if (typeof value === 'string' && field.length > 0 && value.length > field.length)
    throw new RowError('STRING_TOO_LONG', `${label}: data value too large: ${value} (max length=${field.length})`, [
      name,
    ]);
  if (typeof value === 'number' && field.precision > 0 && Math.abs(value) >= 10 ** (field.precision - field.scale))
    throw new RowError(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${label}: value outside of valid range on numeric field: ${value}`,
      [name],
    );
  if (type === 'email' && !/^[^\s@,;"<>()]+@[^\s@,;"<>()]+\.[^\s@,;"<>().]{2,}$/.test(value as string))
    throw new RowError('INVALID_EMAIL_ADDRESS', `${label}: invalid email address: ${value as string}`, [name]);
  if (field.restricted) checkPicklist(field, value as string);
  if (type === 'reference') checkReference(dml, object, field, value as string);
  if (name === 'OwnerId') checkOwner(dml, object, value as string);
  if (field.unique) checkUnique(dml, object, id, field, value as string | number);
}

function checkPicklist(field: Field, value: string): void {
  const values = field.type === 'multipicklist' ? value.split(';') : [value];
  const wrong = values.find((each) => !field.picklist.some((entry) => entry.value === each));
  if (wrong !== undefined)
    throw new RowError(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${field.label}: bad value for restricted picklist field: ${wrong}`,
      [field.name],
    );
}

function checkReference(dml: Dml, object: SObject, field: Field, id: string): void {
  const target = dml.schema.ofId(id);
  if (!target || !field.referenceTo.includes(target.name))
    throw new RowError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${id}`, [field.name]);
  const state = dml.records.state(target, id);
  if (!state) throw noSuchRecord([field.name]);
  if (state === 'deleted') throw entityIsDeleted();
  if (target.name === 'Lead' && !object.custom && isConvertedLead(target, dml.records.read(target, id)!))
    throw convertedLead([field.name]);
}

function checkOwner(dml: Dml, object: SObject, id: string): void {
  const users = dml.schema.object('User')!;
  if (users === dml.schema.ofId(id) && dml.records.value(users, id, users.field('IsActive')!) === false)
    throw new RowError(
      'INACTIVE_OWNER_OR_USER',
      `operation performed with inactive user [${id}] as owner of ${object.name.toLowerCase()}`,
    );
}

/** Refuses a value that another record, not deleted, has already. */
export function checkUnique(dml: Dml, object: SObject, id: string, field: Field, value: string | number): void {
  const other = dml.records.find(object, field, value).find((found) => found !== id);
  if (other !== undefined)
    throw new RowError(
      'DUPLICATE_VALUE',
      `duplicate value found: ${field.name} duplicates value on record with id: ${other}`,
    );
}
