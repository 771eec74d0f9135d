import { ApiError } from '../errors.ts';
import { failedRow, fails } from '../faults/row-failure.ts';
import type { Org, SaveResult } from '../org.ts';
import { failure, rolledBack } from '../dml/save.ts';
import type { Row } from '../schema/types.ts';
import { canonicalId } from '../store/id.ts';
import { fieldList, knownObject, literal, objectBody } from './request.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';

const most = 200;

/** The records of a request body: at most 200, each an object. */
function recordsOf(call: Call): { rows: Row[]; allOrNone: boolean } {
  const { records, allOrNone } = objectBody(call);
  if (!Array.isArray(records) || records.some((row) => typeof row !== 'object' || row === null))
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'records: a list of records is expected');
  checkCount(records.length);
  return { rows: records as Row[], allOrNone: allOrNone === true };
}

function checkCount(count: number): void {
  if (count > most)
    throw new ApiError(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${most} records into this call`,
    );
}

const typeOf = (row: Row) => (row['attributes'] as { type?: string } | undefined)?.type;

/** Saves runs of records of the same type, in order. With allOrNone, a failure in one run undoes them all. */
function saveByType({ org, user }: Call, rows: Row[], allOrNone: boolean, action: Action): SaveResult[] {
  const runs: { object: string; rows: Row[] }[] = [];
  for (const row of rows) {
    const object = typeOf(row);
    if (!object) throw new ApiError(400, 'INVALID_INPUT', 'each record needs attributes with its type');
    if (runs.at(-1)?.object.toLowerCase() === object.toLowerCase()) runs.at(-1)!.rows.push(row);
    else runs.push({ object, rows: [row] });
  }
  return together(org, allOrNone, () => runs.flatMap((run) => org[action](user, run.object, run.rows, { allOrNone })));
}

/** One transaction that keeps nothing where it must be all or none and a row failed. */
function together(org: Org, allOrNone: boolean, work: () => SaveResult[]): SaveResult[] {
  let results: SaveResult[] = [];
  try {
    return org.transaction(() => {
      results = work();
      if (allOrNone && results.some(({ success }) => !success)) throw new Undo();
      return results;
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
    return results.map((result) => (result.success ? failure(rolledBack) : result));
  }
}

class Undo extends Error {}

/** Saves the rows that no fault was asked for; the others stand as failed at their places. */
function sparing<T>({ org, rowFault }: Call, rows: T[], allOrNone: boolean, save: (rows: T[]) => SaveResult[]) {
  if (!rowFault) return save(rows);
  return together(org, allOrNone, () => {
    const saved = save(rows.filter((_, i) => !fails(rowFault, i)))[Symbol.iterator]();
    return rows.map((_, i) => (fails(rowFault, i) ? failedRow(rowFault) : saved.next().value!));
  });
}

const plain = (results: SaveResult[]): Reply =>
  ok(results.map(({ id, success, errors }) => (id === undefined ? { success, errors } : { id, success, errors })));

type Action = 'insert' | 'update';

const saveAs =
  (action: Action) =>
  (call: Call): Reply => {
    const { rows, allOrNone } = recordsOf(call);
    return plain(sparing(call, rows, allOrNone, (spared) => saveByType(call, spared, allOrNone, action)));
  };

function upsert(call: Call): Reply {
  const { rows, allOrNone } = recordsOf(call);
  const object = knownObject(call);
  for (const row of rows) {
    const type = typeOf(row) ?? object.name;
    if (type.toLowerCase() !== object.name.toLowerCase())
      throw new ApiError(400, 'INVALID_INPUT', `a record of type ${type} cannot be upserted as ${object.name}`);
  }
  const save = (spared: Row[]) => call.org.upsert(call.user, object.name, call.params['field']!, spared, { allOrNone });
  return ok(sparing(call, rows, allOrNone, save));
}

function remove(call: Call): Reply {
  const { org, user, query } = call;
  const ids = (query['ids'] ?? '').split(',').filter(Boolean);
  checkCount(ids.length);
  const allOrNone = query['allOrNone']?.toLowerCase() === 'true';
  return plain(sparing(call, ids, allOrNone, (spared) => org.remove(user, spared, { allOrNone })));
}

/** The records of these IDs in their order, null where there is none. */
function retrieve(call: Call, ids: readonly string[], fields: readonly string[]): Reply {
  const object = knownObject(call);
  if (ids.length > 2000)
    throw new ApiError(400, 'EXCEEDED_ID_LIMIT', 'at most 2000 records can be retrieved in a call');
  const full = ids.map((id) => canonicalId(id));
  const wanted = full.filter((id) => id !== undefined);
  if (wanted.length === 0) return ok(ids.map(() => null));
  const soql = `SELECT ${fieldList([...new Set(['Id', ...fields])])} FROM ${object.name} WHERE Id IN (${wanted.map(literal).join(', ')})`;
  const { records } = call.org.query(call.user, soql, { version: call.version });
  const byId = new Map(records.map((record) => [record['Id'], record]));
  return ok(full.map((id) => byId.get(id) ?? null));
}

const path = '/composite/sobjects';

export const collections: Route[] = [
  { method: 'POST', path, handle: saveAs('insert') },
  { method: 'PATCH', path, handle: saveAs('update') },
  { method: 'DELETE', path, handle: remove },
  { method: 'PATCH', path: `${path}/:object/:field`, handle: upsert },
  {
    method: 'GET',
    path: `${path}/:object`,
    handle: (call) =>
      retrieve(call, (call.query['ids'] ?? '').split(','), (call.query['fields'] ?? '').split(',').filter(Boolean)),
  },
  {
    method: 'POST',
    path: `${path}/:object`,
    handle: (call) => {
      const { ids = [], fields = [] } = objectBody(call) as { ids?: string[]; fields?: string[] };
      return retrieve(call, ids, fields);
    },
  },
];
