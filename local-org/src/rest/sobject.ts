import { ApiError } from '../errors.ts';
import { knownObject, literal, noContent, notFound, pathId, recordBody, throwFailure } from './request.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';

function create(call: Call): Reply {
  const { org, user } = call;
  const row = recordBody(call);
  if ('Id' in row || 'id' in row)
    throw new ApiError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.', ['Id']);
  const [result] = org.insert(user, knownObject(call).name, [row]);
  throwFailure(result!);
  const { id, errors } = result!;
  return { status: 201, body: { id, success: true, errors }, headers: { location: address(call, id!) } };
}

const address = (call: Call, id: string) => `/services/data/v${call.version}/sobjects/${knownObject(call).name}/${id}`;

function retrieve(call: Call): Reply {
  const object = knownObject(call);
  const fields = call.query['fields']?.split(',') ?? object.fields.map(({ name }) => name);
  const soql = `SELECT ${fields.join(', ')} FROM ${object.name} WHERE Id = ${literal(pathId(call, object))}`;
  const [record] = call.org.query(call.user, soql, { version: call.version }).records;
  if (!record) throw notFound();
  return ok(record);
}

function change(call: Call): Reply {
  const object = knownObject(call);
  const row = recordBody(call);
  if ('Id' in row || 'id' in row)
    throw new ApiError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.', ['Id']);
  const [result] = call.org.update(call.user, object.name, [{ ...row, Id: pathId(call, object) }]);
  throwFailure(result!);
  return noContent;
}

function remove(call: Call): Reply {
  const [result] = call.org.remove(call.user, [pathId(call, knownObject(call))]);
  throwFailure(result!);
  return noContent;
}

export const sobjects: Route[] = [
  { method: 'POST', path: '/sobjects/:object', handle: create },
  { method: 'GET', path: '/sobjects/:object/:id', handle: retrieve },
  { method: 'PATCH', path: '/sobjects/:object/:id', handle: change },
  { method: 'DELETE', path: '/sobjects/:object/:id', handle: remove },
];
