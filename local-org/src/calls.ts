import type { EventEmitter } from 'node:events';
import type { Access } from './access/access.ts';
import { convertLeads } from './conversion/convert.ts';
import { deploy } from './deploy/deploy.ts';
import type { Dml, SaveContext } from './dml/dml.ts';
import { insert } from './dml/insert.ts';
import { remove } from './dml/remove.ts';
import { emptyBin, undelete } from './dml/undelete.ts';
import { update } from './dml/update.ts';
import { upsert } from './dml/upsert.ts';
import { ApiError, invalidField, invalidType } from './errors.ts';
import type { EventBus } from './events/event-bus.ts';
import type { EventChannels } from './events/event-channels.ts';
import type { Flows } from './flow/flows.ts';
import { merge } from './merge/merge.ts';
import { compile, type Compiled } from './metadata/compile.ts';
import type { SourceFiles } from './metadata/source-files.ts';
import type { Org, PublishedEvent, QueryRecord, RecordChange, User } from './org.ts';
import { describeObject } from './schema/describe.ts';
import type { Schema, SObject } from './schema/types.ts';
import type { Soql } from './soql/run.ts';
import { Documents } from './store/documents.ts';
import { provisionalPrefix } from './store/key-prefix.ts';
import { Viewed } from './store/viewed.ts';

/** What an opened org is made of. */
export interface Parts {
  readonly dml: Dml;
  readonly soql: Soql;
  readonly access: Access;
  readonly events: EventEmitter<{ publish: [PublishedEvent]; change: [RecordChange] }>;
  readonly bus: EventBus;
  readonly channels: EventChannels;
  readonly flows: Flows;
  /** The metadata now, as files and compiled. */
  readonly files: () => SourceFiles;
  readonly metadata: () => Compiled;
  /** Puts changed metadata in force. */
  readonly install: (changes: SourceFiles) => void;
  readonly findUser: Org['user'];
}

/** What may be asked of an opened org, each call in the name of a user, who sees and may do what the access grants. */
export function orgOf(parts: Parts): Org {
  const { dml, soql, access, events, bus, channels, flows, metadata, install, findUser } = parts;
  const { schema, database, clock } = dml;
  const viewed = new Viewed(database);
  const seenBy = (user: User) => access.of(user.id).schema;
  const asked = (user: User): SaveContext => ({ user, depth: 0, running: new Set(), permitted: seenBy(user) });
  const writable = (user: User, name: string, action: 'createable' | 'updateable'): SObject => {
    const object = schema.object(known(seenBy(user), name).name)!;
    if (!object[action])
      throw new ApiError(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be saved: ${object.name}`);
    return object;
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
      convertLeads(dml, asked(user), metadata().mappings, conversions, options),
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
      return deploy({ database, schema, files: parts.files(), compile: check, install }, archive, options);
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
