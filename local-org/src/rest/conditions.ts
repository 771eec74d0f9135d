import { createHash } from 'node:crypto';
import { ApiError } from '../errors.ts';
import type { SObject } from '../schema/types.ts';
import { literal } from './request.ts';
import type { Call, Reply } from './route.ts';

/** When something last changed, and its entity tag where it has one. */
interface Version {
  readonly modified: number;
  readonly etag: string | undefined;
}

/** Salesforce gives entity tags to Accounts only, and times to every record. */
function versionOf({ org, user }: Call, object: SObject, id: string): Version | undefined {
  const field = ['LastModifiedDate', 'SystemModstamp'].find((name) => object.field(name));
  if (field === undefined) return undefined;
  const [record] = org.query(user, `SELECT ${field} FROM ${object.name} WHERE Id = ${literal(id)}`).records;
  if (!record) return undefined;
  const text = record[field] as string;
  const tag = createHash('sha256').update(`${id} ${text}`).digest('base64url').slice(0, 27);
  return { modified: Date.parse(text), etag: object.name === 'Account' ? `"${tag}"` : undefined };
}

const header = ({ headers }: Call, name: string) => headers[name] as string | undefined;

/** HTTP dates have seconds. Unreadable ones are ignored, as RFC 9110 wants it. */
const isAfter = (modified: number, date: string | undefined) => Math.floor(modified / 1000) * 1000 > Date.parse(date!);

const tagged = (list: string, etag: string | undefined) =>
  list === '*' || list.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);

/** Refuses a call whose If-Match or If-Unmodified-Since does not hold. */
function checkPreconditions(call: Call, { modified, etag }: Version): void {
  const [match, since] = [header(call, 'if-match'), header(call, 'if-unmodified-since')];
  if (match === undefined ? isAfter(modified, since) : !tagged(match, etag))
    throw new ApiError(412, 'PRECONDITION_FAILED', 'a precondition in the request headers was not satisfied');
}

/** Whether the client has this version: If-None-Match counts before If-Modified-Since. */
function isKnown(call: Call, { modified, etag }: Version): boolean {
  const [none, since] = [header(call, 'if-none-match'), header(call, 'if-modified-since')];
  if (none !== undefined) return tagged(none, etag);
  return since !== undefined && !Number.isNaN(Date.parse(since)) && !isAfter(modified, since);
}

/** Answers a record with its version, or 304 where the client has it. */
export function conditionalRead(call: Call, object: SObject, id: string, read: () => Reply): Reply {
  const version = versionOf(call, object, id);
  if (!version) return read();
  checkPreconditions(call, version);
  const { modified, etag } = version;
  const headers = { 'last-modified': new Date(modified).toUTCString(), ...(etag === undefined ? {} : { etag }) };
  return isKnown(call, version) ? { status: 304, headers } : { ...read(), headers };
}

/** Holds a change to the conditions in its headers. */
export function checkUnchanged(call: Call, object: SObject, id: string): void {
  if (header(call, 'if-match') === undefined && header(call, 'if-unmodified-since') === undefined) return;
  const version = versionOf(call, object, id);
  if (version) checkPreconditions(call, version);
}

const firstSeen = new WeakMap<object, number>();

/** Answers what depends on an object's metadata, which has not changed since the object, as it is now, was first seen. */
export function conditionalDescribe(call: Call, metadata: object, read: () => Reply): Reply {
  const modified = firstSeen.get(metadata) ?? call.org.clock();
  firstSeen.set(metadata, modified);
  const headers = { 'last-modified': new Date(modified).toUTCString() };
  return isKnown(call, { modified, etag: undefined }) ? { status: 304, headers } : { ...read(), headers };
}
