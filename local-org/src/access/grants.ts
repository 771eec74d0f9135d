import type { Field, SObject } from '../schema/types.ts';
import { permissionName } from './permissionable.ts';
import type { UserPermission } from './user-permissions.ts';

export interface ObjectGrant {
  readonly create: boolean;
  readonly read: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
}

export interface FieldGrant {
  readonly read: boolean;
  readonly edit: boolean;
}

/** What a profile, a permission set, or all of a user's together give. */
export interface Grants {
  /** By object name. */
  readonly objects: ReadonlyMap<string, ObjectGrant>;
  /** By the name of `permissionName`. */
  readonly fields: ReadonlyMap<string, FieldGrant>;
  readonly userPermissions: ReadonlySet<UserPermission>;
  readonly customPermissions: ReadonlySet<string>;
}

const nothing: ObjectGrant = { create: false, read: false, edit: false, delete: false };
const everything: ObjectGrant = { create: true, read: true, edit: true, delete: true };
const readOnly: ObjectGrant = { ...nothing, read: true };

/** Objects without permissions of their own: who may edit the other object may do everything with these. */
const follows: Readonly<Record<string, string>> = { CampaignMember: 'Campaign', OpportunityContactRole: 'Opportunity' };

/** The objects behind permission sets; the rest of the setup is open for reading to everybody. */
const setupOnly = [
  ...['PermissionSet', 'PermissionSetAssignment', 'ObjectPermissions', 'FieldPermissions'],
  ...['CustomPermission', 'SetupEntityAccess'],
];

const activities: Readonly<Record<string, UserPermission>> = {
  Task: 'EditTask',
  EmailMessage: 'EditTask',
  Event: 'EditEvent',
};

/** What these grants allow on an object. */
export function objectGrant(grants: Grants, object: SObject): ObjectGrant {
  const { objects, userPermissions: may } = grants;
  if (may.has('ModifyAllData')) return everything;
  if (object.view !== null) return may.has('ActivitiesAccess') ? readOnly : nothing;
  if (object.historyOf !== null)
    return may.has('ViewAllData') || objects.get(object.historyOf)?.read ? readOnly : nothing;
  const own = objects.get(follows[object.name] ?? object.name) ?? nothing;
  const given = may.has('ViewAllData') ? { ...own, read: true } : own;
  if (!object.recycleBin && !object.isEvent)
    return setupOnly.includes(object.name) && !may.has('ViewSetup') ? nothing : readOnly;
  if (follows[object.name] !== undefined) return given.edit ? everything : given.read ? readOnly : nothing;
  const editing = activities[object.name];
  if (editing === undefined) return given;
  return !may.has('ActivitiesAccess') ? nothing : may.has(editing) ? everything : readOnly;
}

/** What these grants allow on a field of an object that may be read. */
export function fieldGrant(grants: Grants, object: SObject, field: Field): FieldGrant {
  const name = object.recycleBin ? permissionName(object, field) : undefined;
  return name === undefined ? { read: true, edit: true } : (grants.fields.get(name) ?? { read: false, edit: false });
}

/** All of them together: what one gives, another does not take away. */
export function union(all: readonly Grants[]): Grants {
  const objects = new Map<string, ObjectGrant>();
  const fields = new Map<string, FieldGrant>();
  for (const grants of all) {
    for (const [name, grant] of grants.objects) {
      const known = objects.get(name) ?? nothing;
      objects.set(name, {
        create: known.create || grant.create,
        read: known.read || grant.read,
        edit: known.edit || grant.edit,
        delete: known.delete || grant.delete,
      });
    }
    for (const [name, grant] of grants.fields) {
      const known = fields.get(name);
      fields.set(name, { read: known?.read || grant.read, edit: known?.edit || grant.edit });
    }
  }
  return {
    objects,
    fields,
    userPermissions: new Set(all.flatMap((grants) => [...grants.userPermissions])),
    customPermissions: new Set(all.flatMap((grants) => [...grants.customPermissions])),
  };
}
