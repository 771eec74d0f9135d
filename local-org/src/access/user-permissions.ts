/** The user permissions that the local org acts on: `Permissions...` of PermissionSet, `<userPermissions>` in metadata. */
export const userPermissions = [
  'ActivitiesAccess',
  'ApiEnabled',
  'BulkApiHardDelete',
  'EditEvent',
  'EditTask',
  'ModifyAllData',
  'ViewAllData',
  'ViewSetup',
] as const;

export type UserPermission = (typeof userPermissions)[number];

export const isUserPermission = (name: string): name is UserPermission =>
  (userPermissions as readonly string[]).includes(name);
