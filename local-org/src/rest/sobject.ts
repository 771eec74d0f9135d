import { checkUnchanged, conditionalRead } from './conditions.ts';
import { knownObject, noContent, pathId, readRecord, recordBody, throwFailure } from './request.ts';
import type { Call, Reply, Route } from './route.ts';

function create(call: Call): Reply {
  const { org, user } = call;
  const row = recordBody(call);
  const [result] = org.insert(user, knownObject(call).name, [row]);
  throwFailure(result!);
  const { id, errors } = result!;
  return { status: 201, body: { id, success: true, errors }, headers: { location: address(call, id!) } };
}

const address = (call: Call, id: string) => `/services/data/v${call.version}/sobjects/${knownObject(call).name}/${id}`;

const retrieve = (call: Call) => {
  const object = knownObject(call);
  const id = pathId(call, object);
  return conditionalRead(call, object, id, () => readRecord(call, object, id));
};

function change(call: Call): Reply {
  const object = knownObject(call);
  const row = recordBody(call);
  const id = pathId(call, object);
  checkUnchanged(call, object, id);
  const [result] = call.org.update(call.user, object.name, [{ ...row, Id: id }]);
  throwFailure(result!);
  return noContent;
}

function remove(call: Call): Reply {
  const object = knownObject(call);
  const id = pathId(call, object);
  checkUnchanged(call, object, id);
  const [result] = call.org.remove(call.user, [id]);
  throwFailure(result!);
  return noContent;
}

export const sobjects: Route[] = [
  { method: 'POST', path: '/sobjects/:object', handle: create },
  { method: 'GET', path: '/sobjects/:object/:id', handle: retrieve },
  { method: 'PATCH', path: '/sobjects/:object/:id', handle: change },
  { method: 'DELETE', path: '/sobjects/:object/:id', handle: remove },
];
