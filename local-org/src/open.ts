import { EventEmitter } from 'node:events';
import { assignPermissionSets, installPermissions } from './access/install.ts';
import { checkPushTopic } from './cometd/push-topics.ts';
import type { Dml, SaveContext } from './dml/dml.ts';
import { insert } from './dml/insert.ts';
import { remove } from './dml/remove.ts';
import { update } from './dml/update.ts';
import { upsert } from './dml/upsert.ts';
import { ApiError, invalidField, invalidType } from './errors.ts';
import { flowAutomation } from './flow/automation.ts';
import { loadFlows } from './flow/load.ts';
import { readFolder } from './metadata/source-files.ts';
import { readSource } from './metadata/source.ts';
import type { Org, PublishedEvent, QueryRecord, RecordChange, User } from './org.ts';
import { describeObject } from './schema/describe.ts';
import { loadSchema } from './schema/load.ts';
import type { SObject } from './schema/types.ts';
import { seed, usernames } from './seed.ts';
import { Soql } from './soql/run.ts';
import { Database } from './store/database.ts';
import { canonicalId } from './store/id.ts';
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
}

/** Opens an org: loads the metadata, brings the store up to it, seeds a new one. Throws a LoadError that says why not. */
export function openOrg({ source: folder, data = ':memory:', clock }: OrgOptions): Org {
  const source = readSource(readFolder(folder));
  const database = new Database(data);
  const sequences = new Sequences(database);
  const schema = loadSchema(source, ({ name, isEvent }) => customPrefix(sequences, name, isEvent ? 'e' : 'a'));
  createTables(database, schema);

  const events = new EventEmitter<{ publish: [PublishedEvent]; change: [RecordChange] }>();
  const soql = new Soql(schema, database, clock);
  const flows = flowAutomation(loadFlows(source.flows, schema), () => dml);
  const dml: Dml = {
    schema,
    database,
    records: new Records(database),
    sequences,
    clock,
    automation: {
      beforeSave: (context, change) => {
        flows.beforeSave(context, change);
        if (change.object.name === 'PushTopic') checkPushTopic((text) => soql.query(text), change.after);
      },
      afterSave: (context, change) => {
        flows.afterSave(context, change);
      },
    },
    publish: (event) => events.emit('publish', event),
    changed: ({ object, id, before, after }) => {
      const type = after['IsDeleted'] === true ? 'deleted' : before ? 'updated' : 'created';
      events.emit('change', { object: object.name, id, type, before, after });
    },
  };
  const isNew = seed(dml);
  const findUser = userFinder(dml);
  const admin = findUser(usernames.admin)!;
  installPermissions(dml, admin, source);
  if (isNew) assignPermissionSets(dml, admin, source.permissionSets.keys());

  const viewed = new Viewed(database);
  const known = (name: string): SObject => {
    const object = schema.object(name);
    if (!object) throw invalidType(`sObject type '${name}' is not supported.`);
    return object;
  };
  const writable = (name: string, action: 'createable' | 'updateable'): SObject => {
    const object = known(name);
    if (!object[action])
      throw new ApiError(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be saved: ${object.name}`);
    return object;
  };
  return {
    id: database.get('SELECT "Id" FROM "Organization"')!['Id'] as string,
    schema,
    events,
    clock,
    query: (user, text, options) => {
      const result = soql.query(text, options);
      if (/\bFOR\s+(VIEW|REFERENCE)\s*$/i.test(text))
        viewed.add(
          user.id,
          result.records.map(recordId).filter((id) => id !== undefined),
        );
      return result;
    },
    recent: (user, options) =>
      viewed.of(user.id).flatMap((id) => {
        const { name, nameField } = schema.ofId(id)!;
        const fields = nameField ? `Id, ${nameField.name}` : 'Id';
        return soql.query(`SELECT ${fields} FROM ${name} WHERE Id = '${id}'`, options).records;
      }),
    queryMore: (_user, locator, options) => soql.queryMore(locator, options),
    columns: (_user, text) => soql.columns(text),
    columnMetadata: (_user, text) => soql.columnMetadata(text),
    insert: (user, name, rows, options) => insert(dml, asked(user), writable(name, 'createable'), rows, options),
    update: (user, name, rows, options) => update(dml, asked(user), writable(name, 'updateable'), rows, options),
    upsert: (user, name, key, rows, options) => {
      const object = writable(name, 'updateable');
      const field = object.field(key);
      if (!field || !(field.externalId || field.type === 'id'))
        throw invalidField(`${object.name} has no external ID field ${key}`);
      return upsert(dml, asked(user), object, field, rows, options);
    },
    remove: (user, ids, options) => remove(dml, asked(user), ids, options),
    describe: (name, version = '66.0') => describeObject(schema, known(name), version),
    user: findUser,
    transaction: (work) => database.transaction(work),
    close: () => {
      database.close();
    },
  };
}

const recordId = ({ attributes }: QueryRecord) => attributes.url?.split('/').at(-1);

/** A save that a client asked for, as opposed to one by a flow. */
const asked = (user: User): SaveContext => ({ user, depth: 0, running: new Set() });

/** `a00`, `a01`, ... and `e00` for events, the same each time a stored org is opened. */
const customPrefix = (sequences: Sequences, name: string, letter: 'a' | 'e') =>
  letter + (sequences.ordinal(`${letter} key prefix`, name) - 1).toString(36).padStart(2, '0');

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
