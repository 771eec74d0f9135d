import { EventEmitter } from 'node:events';
import { Access } from './access/access.ts';
import { checkGrant } from './access/check.ts';
import { assignPermissionSets, installPermissions } from './access/install.ts';
import { installRecords } from './catalogue/install.ts';
import { orgOf } from './calls.ts';
import { checkPushTopic } from './cometd/push-topics.ts';
import type { Change, Dml } from './dml/dml.ts';
import { publishChanges } from './events/change-events.ts';
import { EventBus } from './events/event-bus.ts';
import { EventChannels } from './events/event-channels.ts';
import { platformEvents } from './events/platform-events.ts';
import { Flows } from './flow/flows.ts';
import { installNotificationTypes } from './flow/notification-types.ts';
import { compile } from './metadata/compile.ts';
import { supportedFiles } from './metadata/lenient.ts';
import { readFolder, withChanges } from './metadata/source-files.ts';
import type { SourceFiles } from './metadata/source-files.ts';
import type { Source } from './metadata/source.ts';
import type { Org, PublishedEvent, RecordChange } from './org.ts';
import type { ObjectDefinition } from './schema/definition.ts';
import { LiveSchema } from './schema/live.ts';
import { seed, usernames } from './seed.ts';
import { Soql } from './soql/run.ts';
import { Bin } from './store/bin.ts';
import { Database } from './store/database.ts';
import { DeployedFiles } from './store/deployed-files.ts';
import { defineFormulas } from './store/formulas.ts';
import { customPrefix } from './store/key-prefix.ts';
import { Records } from './store/records.ts';
import { Sequences } from './store/sequences.ts';
import { createTables } from './store/tables.ts';
import { userFinder } from './users.ts';

export interface OrgOptions {
  /** The sfdx source folder whose objects, fields and flows the org has. */
  readonly source: string;
  /** The SQLite file; in memory by default. */
  readonly data?: string;
  readonly clock: () => number;
  /** Told of each thing in the source that the org cannot keep to and leaves out; without it, the org does not open. */
  readonly leaveOut?: ((problem: string) => void) | undefined;
}

/** Opens an org: loads the metadata, brings the store up to it, seeds a new one. Throws a LoadError that says why not. */
export function openOrg({ source: folder, data = ':memory:', clock, leaveOut }: OrgOptions): Org {
  const base = leaveOut ? supportedFiles(readFolder(folder), leaveOut) : readFolder(folder);
  const database = new Database(data);
  const sequences = new Sequences(database);
  const deployed = new DeployedFiles(database);
  const keyPrefix = ({ name, isEvent }: ObjectDefinition) => customPrefix(sequences, name, isEvent ? 'e' : 'a');
  let files = withChanges(base, deployed.all());
  let compiled = compile(files, keyPrefix);
  const { source } = compiled;
  const schema = new LiveSchema(compiled.schema);
  createTables(database, schema);
  defineFormulas(database, schema, clock);

  const events = new EventEmitter<{ publish: [PublishedEvent]; change: [RecordChange] }>();
  const bus = new EventBus(database, clock);
  const records = new Records(database);
  const channels = new EventChannels(schema, records, compiled.channels);
  const soql = new Soql(schema, database, clock);
  const system = () => findUser(usernames.automatedProcess) ?? findUser(usernames.admin)!;
  const flows = new Flows(
    { dml: () => dml, soql, user: (id) => findUser(id), system, seenBy: (user) => access.of(user.id).schema },
    { database, clock },
  );
  flows.load(source.flows, schema, source.workflows);
  events.on('publish', (event) => {
    flows.received(event);
  });
  const dml: Dml = {
    schema,
    database,
    records,
    bin: new Bin(database),
    sequences,
    clock,
    rules: () => compiled.rules,
    automation: {
      beforeSave: (context, change) => {
        flows.automation.beforeSave(context, change);
        if (change.object.name === 'PushTopic')
          checkPushTopic((text) => soql.seeing(context.permitted ?? schema).query(text), change.after);
        checkGrant(schema, change);
      },
      afterSave: (context, change) => {
        flows.automation.afterSave(context, change);
      },
      beforeDelete: (context, object, id) => {
        flows.automation.beforeDelete(context, object, id);
      },
    },
    publish: platformEvents(bus, database, (event) => events.emit('publish', event)),
    changed: (change) => {
      const { object, id, before, after } = change;
      events.emit('change', { object: object.name, id, type: changeType(change), before, after });
    },
  };
  const isNew = seed(dml);
  const findUser = userFinder(dml);
  const admin = findUser(usernames.admin)!;
  installRecords(dml, admin);
  installPermissions(dml, admin, source);
  installNotificationTypes(dml, admin, source.notificationTypes);
  if (isNew) assignPermissionSets(dml, admin, source.permissionSets.keys());

  records.watches = ({ name }) => channels.captures(name);
  database.beforeCommit((written) => {
    publishChanges(bus, written);
  });

  const access = new Access(schema, database);
  const install = (changes: SourceFiles): void => {
    const changed = withChanges(files, changes);
    const next = compile(changed, keyPrefix);
    database.transaction(() => {
      deployed.add(changes);
      createTables(database, next.schema);
    });
    [files, compiled] = [changed, next];
    schema.replace(compiled.schema);
    defineFormulas(database, schema, clock);
    flows.load(compiled.source.flows, schema, compiled.source.workflows);
    installNotificationTypes(dml, admin, compiled.source.notificationTypes);
    channels.load(compiled.channels);
    access.forget();
    installPermissions(dml, admin, onlyChanged(compiled.source, changes));
  };
  return orgOf({
    ...{ dml, soql, access, events, bus, channels, flows, install, findUser },
    files: () => files,
    metadata: () => compiled,
  });
}

function changeType({ before, after }: Change): RecordChange['type'] {
  if (after['IsDeleted'] === true) return 'deleted';
  return before === null ? 'created' : before['IsDeleted'] === true ? 'undeleted' : 'updated';
}

/** Permission sets that a deployment does not bring keep what was given to them since. */
const onlyChanged = (source: Source, changes: SourceFiles): Source => ({
  ...source,
  permissionSets: new Map(
    [...source.permissionSets].filter(([name]) => changes.has(`permissionsets/${name}.permissionset-meta.xml`)),
  ),
});
