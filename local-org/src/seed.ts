import type { Dml } from './dml/dml.ts';
import { withDefaults } from './dml/defaults.ts';
import type { User } from './org.ts';
import type { Row } from './schema/types.ts';
import { makeId } from './store/id.ts';
import { datetimeText } from './time.ts';

const domain = 'local-org.example';

/** The people of a new org: its admin, a sales rep, and the user that integrations run as. */
export const usernames = {
  admin: `admin@${domain}`,
  rep: `robin.reed@${domain}`,
  integration: `integration@${domain}`,
} as const;

/** Fills a new store: the Organization, profiles, users and a sales queue. */
export function seed(dml: Dml): void {
  if (dml.database.get('SELECT "Id" FROM "Organization"')) return;
  dml.database.transaction(() => {
    const admin: User = { id: makeId('005', 1), username: usernames.admin, name: 'Alex Admin', email: usernames.admin };
    const add = (name: string, row: Row) => addRecord(dml, admin, name, row);
    const administrator = add('Profile', { Name: 'System Administrator' });
    const standard = add('Profile', { Name: 'Standard User' });
    const person = (FirstName: string | null, LastName: string, Username: string, ProfileId: string) =>
      add('User', {
        FirstName,
        LastName,
        Username,
        Email: Username,
        Alias: LastName.slice(0, 8).toLowerCase(),
        ProfileId,
      });
    person('Alex', 'Admin', usernames.admin, administrator);
    person('Robin', 'Reed', usernames.rep, standard);
    person(null, 'Integration', usernames.integration, administrator);
    add('Organization', { Name: 'Local Org', InstanceName: 'LOCAL', OrganizationType: 'Developer Edition' });
    add('Group', { Name: 'Sales Queue', DeveloperName: 'Sales_Queue', Type: 'Queue' });
  });
}

/** The permission sets of the source that the store does not have yet. */
export function seedPermissionSets(dml: Dml, admin: User, labels: ReadonlyMap<string, string>): void {
  const object = dml.schema.object('PermissionSet')!;
  for (const [Name, Label] of labels)
    if (dml.records.find(object, object.field('Name')!, Name).length === 0)
      addRecord(dml, admin, object.name, { Name, Label });
}

/** Writes a record that users cannot create. */
function addRecord(dml: Dml, admin: User, name: string, row: Row): string {
  const object = dml.schema.object(name)!;
  const now = datetimeText(dml.clock());
  const id = makeId(object.keyPrefix, dml.sequences.next(name));
  dml.records.insert(object, {
    ...withDefaults({ user: admin, depth: 0, running: new Set() }, object, row),
    Id: id,
    CreatedDate: now,
    CreatedById: admin.id,
    LastModifiedDate: now,
    LastModifiedById: admin.id,
    SystemModstamp: now,
  });
  return id;
}
