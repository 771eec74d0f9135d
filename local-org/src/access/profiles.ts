import type { Schema } from '../schema/types.ts';
import type { FieldGrant, Grants, ObjectGrant } from './grants.ts';
import { permissionName } from './permissionable.ts';
import { userPermissions } from './user-permissions.ts';

/** The profiles of a new org that its users have. */
export const profiles = {
  administrator: 'System Administrator',
  standard: 'Standard User',
  integration: 'Minimum Access - API Only Integrations',
} as const;

const all: ObjectGrant = { create: true, read: true, edit: true, delete: true };
const read: ObjectGrant = { create: false, read: true, edit: false, delete: false };

/** What a Standard User may do with standard objects; what follows other objects or permissions is not listed. */
const standardObjects: Readonly<Record<string, ObjectGrant>> = {
  Account: all,
  Campaign: read,
  Case: all,
  Contact: all,
  Lead: all,
  Opportunity: all,
};

/** An administrator, too, has to be given this one. */
const administrators = userPermissions.filter((permission) => permission !== 'BulkApiHardDelete');

/**
 * What a profile gives by itself. An administrator has everything, custom fields too, as whoever installs a package; a
 * standard user has the standard objects and fields; the integration profile nothing but the API. Other profiles are
 * not known and give nothing.
 */
export function profileGrants(schema: Schema, name: string): Grants {
  const none = { objects: new Map(), fields: new Map(), customPermissions: new Set<string>() };
  if (name === profiles.administrator) return { ...none, userPermissions: new Set(administrators) };
  if (name === profiles.integration) return { ...none, userPermissions: new Set(['ApiEnabled']) };
  if (name !== profiles.standard) return { ...none, userPermissions: new Set() };
  return {
    ...none,
    objects: new Map(Object.entries(standardObjects)),
    fields: standardFields(schema),
    userPermissions: new Set(['ActivitiesAccess', 'ApiEnabled', 'EditEvent', 'EditTask', 'ViewSetup']),
  };
}

function standardFields(schema: Schema): Map<string, FieldGrant> {
  const names = schema.objects
    .filter(({ custom }) => !custom)
    .flatMap((object) => object.fields.filter((field) => !field.custom).map((field) => permissionName(object, field)));
  return new Map(names.filter((name) => name !== undefined).map((name) => [name, { read: true, edit: true }]));
}
