import { malformedQuery } from '../errors.ts';
import type { QueryOptions } from '../org.ts';
import { explain } from './explain.ts';
import { checkLength } from '../soql/parse.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';

const run =
  (all: boolean) =>
  (call: Call): Reply => {
    const { org, user, query } = call;
    if (query['explain'] !== undefined) return explain(call, query['explain']);
    if (!query['q']) throw malformedQuery('The query parameter q is missing');
    checkLength(query['q']);
    if (query['columns'] === 'true') return ok(org.columnMetadata(user, query['q']));
    return ok(org.query(user, query['q'], { ...options(call), all }));
  };

const more = (call: Call) => ok(call.org.queryMore(call.user, call.params['locator']!, options(call)));

function options({ version, headers }: Call): QueryOptions {
  const size = /batchSize=(\d+)/i.exec(String(headers['sforce-query-options'] ?? ''));
  return size ? { version, batchSize: Number(size[1]) } : { version };
}

export const queries: Route[] = [
  { method: 'GET', path: '/query', handle: run(false) },
  { method: 'GET', path: '/queryAll', handle: run(true) },
  { method: 'GET', path: '/query/:locator', handle: more },
  { method: 'GET', path: '/queryAll/:locator', handle: more },
];
