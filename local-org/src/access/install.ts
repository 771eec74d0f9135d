import type { Dml } from '../dml/dml.ts';
import type { Source } from '../metadata/source.ts';
import type { User } from '../org.ts';
import type { Row } from '../schema/types.ts';
import { addRecord, usernames } from '../seed.ts';
import { readPermissionSet } from './permission-set.ts';

/** Brings the store's custom permissions and permission sets up to the source, as a deployment does. */
export function installPermissions(dml: Dml, admin: User, source: Source): void {
  const { customPermissions, permissionSets } = source;
  const read = [...permissionSets].map(([name, xml]) =>
    readPermissionSet(dml.schema, name, xml, [...customPermissions.keys()]),
  );
  dml.database.transaction(() => {
    for (const [DeveloperName, xml] of customPermissions)
      put(dml, admin, 'CustomPermission', 'DeveloperName', { DeveloperName, MasterLabel: xml.required('label') });
    for (const { set, objects, fields, custom } of read) {
      const ParentId = put(dml, admin, 'PermissionSet', 'Name', set);
      for (const table of ['ObjectPermissions', 'FieldPermissions', 'SetupEntityAccess']) clear(dml, table, ParentId);
      for (const row of objects) addRecord(dml, admin, 'ObjectPermissions', { ...row, ParentId });
      for (const row of fields) addRecord(dml, admin, 'FieldPermissions', { ...row, ParentId });
      for (const name of custom) {
        const SetupEntityId = find(dml, 'CustomPermission', 'DeveloperName', name)!;
        addRecord(dml, admin, 'SetupEntityAccess', { ParentId, SetupEntityId });
      }
    }
  });
}

/** Whom of a new org's users the source's permission sets are for, by what the names of the sets end with. */
const assignees: Readonly<Record<string, RegExp>> = {
  [usernames.admin]: /_Admin$/,
  [usernames.rep]: /_Rep$/,
  [usernames.integration]: /_(Ingester|Integration)$/,
};

/** Gives the users of a new org the permission sets that are made for them. */
export function assignPermissionSets(dml: Dml, admin: User, names: Iterable<string>): void {
  for (const name of names)
    for (const [username, ending] of Object.entries(assignees))
      if (ending.test(name))
        addRecord(dml, admin, 'PermissionSetAssignment', {
          PermissionSetId: find(dml, 'PermissionSet', 'Name', name)!,
          AssigneeId: find(dml, 'User', 'Username', username)!,
        });
}

/** Writes a record that is known by the value of one of its fields; returns its ID. */
function put(dml: Dml, admin: User, name: string, key: string, row: Row): string {
  const id = find(dml, name, key, row[key] as string);
  if (id === undefined) return addRecord(dml, admin, name, row);
  dml.records.update(dml.schema.object(name)!, id, row);
  return id;
}

function find({ schema, records }: Dml, name: string, key: string, value: string): string | undefined {
  const object = schema.object(name)!;
  return records.find(object, object.field(key)!, value)[0];
}

function clear({ schema, records }: Dml, name: string, parentId: string): void {
  const object = schema.object(name)!;
  for (const id of records.find(object, object.field('ParentId')!, parentId)) records.erase(object, id);
}
