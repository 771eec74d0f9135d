import { describeBriefly } from '../schema/describe.ts';
import { knownObject } from './request.ts';
import { ok } from './route.ts';
import type { Route } from './route.ts';

export const describes: Route[] = [
  {
    method: 'GET',
    path: '/sobjects',
    handle: ({ org, version }) =>
      ok({
        encoding: 'UTF-8',
        maxBatchSize: 200,
        sobjects: org.schema.objects.map((object) => describeBriefly(object, version)),
      }),
  },
  {
    method: 'GET',
    path: '/sobjects/:object/describe',
    handle: (call) => ok(call.org.describe(knownObject(call).name, call.version)),
  },
];
