import { ApiError } from '../errors.ts';
import type { Org, User } from '../org.ts';
import { answerError } from '../rest/errors.ts';
import type { SObject } from '../schema/types.ts';
import { layout, layoutTypesOf, modesOf } from './layout.ts';
import { objectInfo } from './object-info.ts';
import { allPicklistValues, picklistValues } from './picklist-values.ts';
import { cloneDefaults, createDefaults } from './record-defaults.ts';
import { RecordError } from './record-error.ts';
import { checkRecordType } from './record-type.ts';
import { readRecord, recordFields } from './records.ts';
import { relatedListInfo, relatedListRecords, relatedLists } from './related-list.ts';
import { createRecord, deleteRecord, updateRecord } from './save-record.ts';
import { isSupported } from './supported.ts';

/** A call below `/services/data/vXX.0/ui-api`, in the org as its user sees it. */
export interface UiCall {
  readonly org: Org;
  readonly user: User;
  /** `v66.0` */
  readonly version: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

interface UiRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  /** Without an answer it is 204. */
  readonly handle: (call: UiCall) => object | undefined;
}

const list = (names = ''): string[] => names.split(',').filter(Boolean);

function objectNamed({ org }: UiCall, name: string | undefined): SObject {
  const object = org.schema.object(name ?? '');
  if (!object || !isSupported(object))
    throw new ApiError(404, 'NOT_FOUND', `Object ${name ?? ''} was not found or is not supported in UI API`);
  return object;
}

function record({ org, user, query }: UiCall, id: string) {
  const { fields, optionalFields, layoutTypes, modes = 'View' } = query;
  const shown = layoutTypes ? recordFields(org, id, layoutTypesOf(layoutTypes), modesOf(modes)) : [];
  if (!fields && !optionalFields && !layoutTypes)
    throw new ApiError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', 'fields, optionalFields or layoutTypes must be given');
  return readRecord(org, user, id, [...list(fields), ...shown], list(optionalFields));
}

/** Results one by one: one that fails leaves the others. */
function each<Key extends string>(keys: readonly Key[], read: (key: Key) => object) {
  const results = keys.map((key) => {
    try {
      return { result: read(key), statusCode: 200 };
    } catch (error) {
      if (error instanceof RecordError) return { result: [error.body], statusCode: error.status };
      const { status, body } = answerError(error);
      return { result: body, statusCode: status };
    }
  });
  return { hasErrors: results.some(({ statusCode }) => statusCode !== 200), results };
}

function related(call: UiCall, name: string) {
  const { org, user, query, params } = call;
  const body = call.body as Record<string, unknown>;
  const listIn = (key: string) => (body[key] as string[] | undefined) ?? list(query[key]);
  const numberIn = (key: string) => (body[key] ?? query[key]) as string | number | undefined;
  return relatedListRecords(org, user, params['id']!, name, {
    fields: listIn('fields'),
    optionalFields: listIn('optionalFields'),
    sortBy: listIn('sortBy'),
    where: (body['where'] ?? query['where']) as string | undefined,
    pageSize: Number(numberIn('pageSize') ?? 50),
    pageToken: Number(numberIn('pageToken') ?? 0) || 0,
  });
}

function picklists(call: UiCall, field?: string) {
  checkRecordType(call.params['recordType']);
  const object = objectNamed(call, call.params['object']);
  return field === undefined ? allPicklistValues(call.version, object) : picklistValues(call.version, object, field);
}

const unmodifiedSince = ({ headers }: UiCall) =>
  (headers['if-unmodified-since'] ?? headers['if-modified-since']) as string | undefined;

export const routes: readonly UiRoute[] = [
  { method: 'GET', url: '/records/:id', handle: (call) => record(call, call.params['id']!) },
  {
    method: 'GET',
    url: '/records/batch/:ids',
    handle: (call) => each(list(call.params['ids']), (id) => record(call, id)),
  },
  { method: 'POST', url: '/records', handle: ({ org, user, body }) => createRecord(org, user, body as object) },
  {
    method: 'PATCH',
    url: '/records/:id',
    handle: (call) => {
      const { org, user, params, body } = call;
      return updateRecord(org, user, params['id']!, body as object, unmodifiedSince(call));
    },
  },
  {
    method: 'DELETE',
    url: '/records/:id',
    handle: ({ org, user, params }) => {
      deleteRecord(org, user, params['id']!);
      return undefined;
    },
  },
  {
    method: 'GET',
    url: '/record-defaults/create/:object',
    handle: (call) => createDefaults(call.user, objectNamed(call, call.params['object'])),
  },
  {
    method: 'GET',
    url: '/record-defaults/clone/:id',
    handle: ({ org, user, params }) => cloneDefaults(org, user, params['id']!),
  },
  {
    method: 'GET',
    url: '/object-info/:object',
    handle: (call) => objectInfo(objectNamed(call, call.params['object'])),
  },
  {
    method: 'GET',
    url: '/object-info/batch/:objects',
    handle: (call) => each(list(call.params['objects']), (name) => objectInfo(objectNamed(call, name))),
  },
  { method: 'GET', url: '/object-info/:object/picklist-values/:recordType', handle: (call) => picklists(call) },
  {
    method: 'GET',
    url: '/object-info/:object/picklist-values/:recordType/:field',
    handle: (call) => picklists(call, call.params['field']),
  },
  {
    method: 'GET',
    url: '/layout/:object',
    handle: (call) => {
      const { layoutType = 'Full', mode = 'View', recordTypeId } = call.query;
      checkRecordType(recordTypeId);
      const object = objectNamed(call, call.params['object']);
      return layout(object, layoutTypesOf(layoutType)[0]!, modesOf(mode)[0]!);
    },
  },
  {
    method: 'GET',
    url: '/related-list-info/:object',
    handle: (call) => relatedLists(call.org, objectNamed(call, call.params['object'])),
  },
  {
    method: 'GET',
    url: '/related-list-info/:object/:list',
    handle: (call) => relatedListInfo(call.org, objectNamed(call, call.params['object']), call.params['list']!),
  },
  { method: 'GET', url: '/related-list-records/:id/:list', handle: (call) => related(call, call.params['list']!) },
  { method: 'POST', url: '/related-list-records/:id/:list', handle: (call) => related(call, call.params['list']!) },
  {
    method: 'GET',
    url: '/related-list-records/batch/:id/:lists',
    handle: (call) => each(list(call.params['lists']), (name) => related(call, name)),
  },
];
