import { profiles } from './access/profiles.ts';
import type { Dml } from './dml/dml.ts';
import { withDefaults } from './dml/defaults.ts';
import type { User } from './org.ts';
import type { Row } from './schema/types.ts';
import { makeId } from './store/id.ts';
import { datetimeText } from './time.ts';

const domain = 'local-org.example';

/** The users of a new org: its admin, a sales rep, the user that integrations run as, and the one that automation runs as. */
export const usernames = {
  admin: `admin@${domain}`,
  rep: `robin.reed@${domain}`,
  integration: `integration@${domain}`,
  automatedProcess: `autoproc@${domain}`,
} as const;

/** Fills a new store: the Organization, profiles, users and a sales queue. Says whether it was new. */
export function seed(dml: Dml): boolean {
  if (dml.database.get('SELECT "Id" FROM "Organization"')) return false;
  dml.database.transaction(() => {
    const admin: User = { id: makeId('005', 1), username: usernames.admin, name: 'Alex Admin', email: usernames.admin };
    const add = (name: string, row: Row) => addRecord(dml, admin, name, row);
    const person = (FirstName: string | null, LastName: string, Username: string, profile: string | null) =>
      add('User', {
        FirstName,
        LastName,
        Username,
        Email: Username,
        Alias: LastName.slice(0, 8).toLowerCase(),
        ProfileId: profile && add('Profile', { Name: profile }),
      });
    person('Alex', 'Admin', usernames.admin, profiles.administrator);
    person('Robin', 'Reed', usernames.rep, profiles.standard);
    person(null, 'Integration', usernames.integration, profiles.integration);
    person('Automated', 'Process', usernames.automatedProcess, null);
    add('Organization', { Name: 'Local Org', InstanceName: 'LOCAL', OrganizationType: 'Developer Edition' });
    add('Group', { Name: 'Sales Queue', DeveloperName: 'Sales_Queue', Type: 'Queue' });
  });
  return true;
}

/** Writes a record that users cannot create. */
export function addRecord(dml: Dml, admin: User, name: string, row: Row): string {
  const object = dml.schema.object(name)!;
  const now = datetimeText(dml.clock());
  const id = makeId(object.keyPrefix, dml.sequences.next(name));
  dml.records.insert(object, {
    ...withDefaults(dml, { user: admin, depth: 0, running: new Set() }, object, row),
    Id: id,
    CreatedDate: now,
    CreatedById: admin.id,
    LastModifiedDate: now,
    LastModifiedById: admin.id,
    SystemModstamp: now,
  });
  return id;
}
