import type { LiveSchema } from '../schema/live.ts';
import type { Schema } from '../schema/types.ts';
import { quote } from '../store/database.ts';
import type { Database, SqlRow } from '../store/database.ts';
import { union } from './grants.ts';
import type { Grants } from './grants.ts';
import { profileGrants } from './profiles.ts';
import { userPermissions } from './user-permissions.ts';
import { visibleSchema } from './visible.ts';

/** What a user may see and do. */
export interface Allowed {
  readonly grants: Grants;
  /** The schema with only what the user may read, writable where the user may write. */
  readonly schema: Schema;
}

const grantTables = ['PermissionSet', 'ObjectPermissions', 'FieldPermissions', 'SetupEntityAccess'];

/** Computes what users may do, from their profiles and permission sets as they stand at each call. */
export class Access {
  readonly #schema: LiveSchema;
  readonly #database: Database;
  readonly #known = new Map<string, Allowed>();
  /** Those that `#known` was computed from; a deployment brings others. */
  #objects: Schema['objects'];

  constructor(schema: LiveSchema, database: Database) {
    this.#schema = schema;
    this.#database = database;
    this.#objects = schema.objects;
    // Random instead of counted, since a count that was rolled back would come again for other grants.
    database.exec('CREATE TEMP TABLE grants_state AS SELECT hex(randomblob(8)) AS state');
    for (const table of grantTables)
      for (const event of ['INSERT', 'UPDATE', 'DELETE'])
        database.exec(
          `CREATE TEMP TRIGGER ${quote(`${table} ${event}`)} AFTER ${event} ON main.${quote(table)} BEGIN UPDATE grants_state SET state = hex(randomblob(8)); END`,
        );
  }

  /** To be called when the schema has changed. */
  forget(): void {
    this.#known.clear();
  }

  /** A user that the org does not have may do nothing. */
  of(userId: string): Allowed {
    const profile = this.#database.get(
      'SELECT p."Name" AS name FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE u."Id" = ?',
      userId,
    );
    const name = (profile?.['name'] ?? '') as string;
    const sets = this.#database
      .all(
        'SELECT "PermissionSetId" AS id FROM "PermissionSetAssignment" WHERE "AssigneeId" = ? ORDER BY "PermissionSetId"',
        userId,
      )
      .map(({ id }) => id as string);
    const state = this.#database.get('SELECT state FROM grants_state')!['state'] as string;
    const key = [state, name, ...sets].join(' ');
    if (this.#objects !== this.#schema.objects || this.#known.size >= 50) this.#known.clear();
    this.#objects = this.#schema.objects;
    const known = this.#known.get(key);
    if (known) return known;
    const grants = union([profileGrants(this.#schema, name), ...sets.map((id) => this.#read(id))]);
    const allowed = { grants, schema: visibleSchema(this.#schema.current, grants) };
    this.#known.set(key, allowed);
    return allowed;
  }

  #read(id: string): Grants {
    const rows = (table: string) => this.#database.all(`SELECT * FROM ${quote(table)} WHERE "ParentId" = ?`, id);
    const set = this.#database.get('SELECT * FROM "PermissionSet" WHERE "Id" = ?', id);
    const custom = this.#database.all(
      'SELECT c."DeveloperName" AS name FROM "SetupEntityAccess" a JOIN "CustomPermission" c ON c."Id" = a."SetupEntityId" WHERE a."ParentId" = ?',
      id,
    );
    return {
      objects: new Map(rows('ObjectPermissions').map((row) => [row['SobjectType'] as string, objectRow(row)])),
      fields: new Map(rows('FieldPermissions').map((row) => [row['Field'] as string, fieldRow(row)])),
      userPermissions: new Set(userPermissions.filter((name) => set?.[`Permissions${name}`] === 1)),
      customPermissions: new Set(custom.map(({ name }) => name as string)),
    };
  }
}

const objectRow = (row: SqlRow) => ({
  create: row['PermissionsCreate'] === 1,
  read: row['PermissionsRead'] === 1,
  edit: row['PermissionsEdit'] === 1,
  delete: row['PermissionsDelete'] === 1,
});

const fieldRow = (row: SqlRow) => ({ read: row['PermissionsRead'] === 1, edit: row['PermissionsEdit'] === 1 });
