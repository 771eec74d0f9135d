import { EventEmitter } from 'node:events';
import { Access } from './access/access.ts';
import { checkGrant } from './access/check.ts';
import { assignPermissionSets, installPermissions } from './access/install.ts';
import { installRecords } from './catalogue/install.ts';
import { checkPushTopic } from './cometd/push-topics.ts';
import { convertLeads } from './conversion/convert.ts';
import { deploy } from './deploy/deploy.ts';
import type { Change, Dml, SaveContext } from './dml/dml.ts';
import { insert } from './dml/insert.ts';
import { remove } from './dml/remove.ts';
import { emptyBin, undelete } from './dml/undelete.ts';
import { update } from './dml/update.ts';
import { upsert } from './dml/upsert.ts';
import { ApiError, invalidField, invalidType } from './errors.ts';
import { publishChanges } from './events/change-events.ts';
import { EventBus } from './events/event-bus.ts';
import { EventChannels } from './events/event-channels.ts';
import { platformEvents } from './events/platform-events.ts';
import { Flows } from './flow/flows.ts';
import { installNotificationTypes } from './flow/notification-types.ts';
import { merge } from './merge/merge.ts';
import { compile } from './metadata/compile.ts';
import { supportedFiles } from './metadata/lenient.ts';
import { readFolder, withChanges } from './metadata/source-files.ts';
import type { SourceFiles } from './metadata/source-files.ts';
import type { Source } from './metadata/source.ts';
import type { Org, PublishedEvent, QueryRecord, RecordChange, User } from './org.ts';
import { describeObject } from './schema/describe.ts';
import type { ObjectDefinition } from './schema/definition.ts';
import { LiveSchema } from './schema/live.ts';
import type { Schema, SObject } from './schema/types.ts';
import { seed, usernames } from './seed.ts';
import { Soql } from './soql/run.ts';
import { Bin } from './store/bin.ts';
import { Database } from './store/database.ts';
import { DeployedFiles } from './store/deployed-files.ts';
import { canonicalId } from './store/id.ts';
import { Documents } from './store/documents.ts';
import { defineFormulas } from './store/formulas.ts';
import { Records } from './store/records.ts';
import { Sequences } from './store/sequences.ts';
import { createTables } from './store/tables.ts';
import { Viewed } from './store/viewed.ts';

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
    { dml: () => dml, soql, user: (id) => findUser(id), system, seenBy: (user) => seenBy(user) },
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
      beforeDelete: flows.automation.beforeDelete,
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

  const viewed = new Viewed(database);
  const access = new Access(schema, database);
  const seenBy = (user: User) => access.of(user.id).schema;
  const asked = (user: User): SaveContext => ({ user, depth: 0, running: new Set(), permitted: seenBy(user) });
  const writable = (user: User, name: string, action: 'createable' | 'updateable'): SObject => {
    const object = schema.object(known(seenBy(user), name).name)!;
    if (!object[action])
      throw new ApiError(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be saved: ${object.name}`);
    return object;
  };
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
  const org: Org = {
    id: database.get('SELECT "Id" FROM "Organization"')!['Id'] as string,
    schema,
    events,
    bus,
    channels,
    flows,
    clock,
    documents: new Documents(database),
    query: (user, text, options) => {
      const result = soql.seeing(seenBy(user), user.id).query(text, options);
      if (/\bFOR\s+(VIEW|REFERENCE)\s*$/i.test(text))
        viewed.add(
          user.id,
          result.records.map(recordId).filter((id) => id !== undefined),
        );
      return result;
    },
    recent: (user, options) =>
      viewed.of(user.id).flatMap((id) => {
        const object = seenBy(user).ofId(id);
        if (!object) return [];
        const fields = object.nameField ? `Id, ${object.nameField.name}` : 'Id';
        return soql.query(`SELECT ${fields} FROM ${object.name} WHERE Id = '${id}'`, options).records;
      }),
    queryMore: (user, locator, options) => soql.seeing(seenBy(user), user.id).queryMore(locator, options),
    columns: (user, text) => soql.seeing(seenBy(user), user.id).columns(text),
    columnMetadata: (user, text) => soql.seeing(seenBy(user)).columnMetadata(text),
    insert: (user, name, rows, options) => insert(dml, asked(user), writable(user, name, 'createable'), rows, options),
    update: (user, name, rows, options) => update(dml, asked(user), writable(user, name, 'updateable'), rows, options),
    upsert: (user, name, key, rows, options) => {
      const object = writable(user, name, 'updateable');
      const field = seenBy(user).object(name)!.field(key);
      if (!field || !(field.externalId || field.type === 'id'))
        throw invalidField(`${object.name} has no external ID field ${key}`);
      return upsert(dml, asked(user), object, field, rows, options);
    },
    remove: (user, ids, options) => remove(dml, asked(user), ids, options),
    undelete: (user, ids, options) => undelete(dml, asked(user), ids, options),
    emptyBin: (user, ids) => emptyBin(dml, asked(user), ids),
    convertLeads: (user, conversions, options) =>
      convertLeads(dml, asked(user), compiled.mappings, conversions, options),
    merge: (user, requests, options) => merge(dml, asked(user), requests, options),
    describe: (name, version) => describeObject(schema, known(schema, name), version),
    as: (user) => {
      const seen = seenBy(user);
      return { ...org, schema: seen, describe: (name, version) => describeObject(seen, known(seen, name), version) };
    },
    permissions: (user) => {
      const { userPermissions, customPermissions } = access.of(user.id).grants;
      return { user: [...userPermissions], custom: [...customPermissions] };
    },
    checkDeployer: (user) => {
      if (!access.of(user.id).grants.userPermissions.has('ModifyAllData'))
        throw new ApiError(
          403,
          'INSUFFICIENT_ACCESS',
          'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
        );
    },
    deploy: (user, archive, options) => {
      org.checkDeployer(user);
      const check = (candidate: SourceFiles) => compile(candidate, provisionalPrefix(schema)).schema;
      return deploy({ database, schema, files, compile: check, install }, archive, options);
    },
    user: findUser,
    transaction: (work) => database.transaction(work),
    close: () => {
      flows.close();
      bus.close();
      database.close();
    },
  };
  return org;
}

const recordId = ({ attributes }: QueryRecord) => attributes.url?.split('/').at(-1);

function known(schema: Schema, name: string): SObject {
  const object = schema.object(name);
  if (!object) throw invalidType(`sObject type '${name}' is not supported.`);
  return object;
}

function changeType({ before, after }: Change): RecordChange['type'] {
  if (after['IsDeleted'] === true) return 'deleted';
  return before === null ? 'created' : before['IsDeleted'] === true ? 'undeleted' : 'updated';
}

/** `a00`, `a01`, ... and `e00` for events, the same each time a stored org is opened. */
const customPrefix = (sequences: Sequences, name: string, letter: 'a' | 'e') =>
  letter + (sequences.ordinal(`${letter} key prefix`, name) - 1).toString(36).padStart(2, '0');

/** Key prefixes for what is only being checked: what the store gives, it gives for good. */
function provisionalPrefix(schema: Schema): (definition: ObjectDefinition) => string {
  let next = 0;
  return ({ name }) => schema.object(name)?.keyPrefix ?? `z${(next++).toString(36).padStart(2, '0')}`;
}

/** Permission sets that a deployment does not bring keep what was given to them since. */
const onlyChanged = (source: Source, changes: SourceFiles): Source => ({
  ...source,
  permissionSets: new Map(
    [...source.permissionSets].filter(([name]) => changes.has(`permissionsets/${name}.permissionset-meta.xml`)),
  ),
});

function userFinder({ schema, records }: Dml): Org['user'] {
  const object = schema.object('User')!;
  const username = object.field('Username')!;
  const name = object.field('Name')!;
  return (idOrUsername) => {
    const id = canonicalId(idOrUsername) ?? records.find(object, username, idOrUsername)[0];
    const row = id === undefined ? undefined : records.read(object, id);
    if (id === undefined || row?.['IsActive'] !== true) return undefined;
    return {
      id,
      username: row['Username'] as string,
      name: records.value(object, id, name) as string,
      email: row['Email'] as string,
    };
  };
}
