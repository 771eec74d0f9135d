import type { Change } from '../dml/dml.ts';
import { RowError } from '../dml/row-error.ts';
import type { Row, Schema, SObject } from '../schema/types.ts';
import { permissionName } from './permissionable.ts';

/** Objects whose access follows from other permissions take none of their own. */
const withoutPermissions = ['CampaignMember', 'EmailMessage', 'Event', 'OpportunityContactRole', 'Task'];

/** What must be given with what, from the weaker to the stronger permission. */
const needs: readonly (readonly [string, string])[] = [
  ['PermissionsCreate', 'PermissionsRead'],
  ['PermissionsEdit', 'PermissionsRead'],
  ['PermissionsDelete', 'PermissionsEdit'],
  ['PermissionsViewAllRecords', 'PermissionsRead'],
  ['PermissionsModifyAllRecords', 'PermissionsViewAllRecords'],
  ['PermissionsModifyAllRecords', 'PermissionsDelete'],
];

/** Why Salesforce would refuse these permissions on an object; undefined if it would not. */
export function problemWithObject(schema: Schema, row: Row): string | undefined {
  const name = row['SobjectType'] as string;
  const object = schema.object(name);
  if (!object || !takesPermissions(object)) return `Object Name: bad value for restricted picklist field: ${name}`;
  const [given, needed] = needs.find(([given, needed]) => row[given] === true && row[needed] !== true) ?? [];
  if (given && needed && !(object.isEvent && given === 'PermissionsCreate'))
    return `Permission ${shown(given)} ${name} depends on permission(s): ${shown(needed)} ${name}`;
  return undefined;
}

const takesPermissions = ({ name, recycleBin, isEvent }: SObject) =>
  (recycleBin || isEvent) && !withoutPermissions.includes(name);

const shown = (permission: string) => permission.replace('Permissions', '');

/** Why Salesforce would refuse these permissions on a field; undefined if it would not. */
export function problemWithField(schema: Schema, row: Row): string | undefined {
  const name = row['Field'] as string;
  const object = schema.object(row['SobjectType'] as string);
  const field = object?.field(name.slice(object.name.length + 1));
  if (!object || !field || name !== `${object.name}.${field.name}`) return `no CustomField named ${name} found`;
  const granted = permissionName(object, field);
  if (granted === undefined) return `You cannot deploy to a required field: ${name}`;
  if (granted !== name) return `${name} is a part of ${granted}, which is granted whole`;
  if (row['PermissionsEdit'] === true && row['PermissionsRead'] !== true)
    return `Permission Edit ${name} depends on permission(s): Read ${name}`;
  return undefined;
}

/** Refuses a record of ObjectPermissions or FieldPermissions that Salesforce would refuse. */
export function checkGrant(schema: Schema, { object, after }: Change): void {
  const check = { ObjectPermissions: problemWithObject, FieldPermissions: problemWithField }[object.name];
  const problem = check?.(schema, after);
  if (problem !== undefined) throw new RowError('FIELD_INTEGRITY_EXCEPTION', problem);
}
