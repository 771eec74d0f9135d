import { describeBriefly } from '../schema/describe.ts';
import { conditionalDescribe } from './conditions.ts';
import { knownObject } from './request.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';

const everything = ({ org, version }: Call): Reply =>
  ok({
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: org.schema.objects.map((object) => describeBriefly(object, version)),
  });

function oneObject(call: Call): Reply {
  const object = knownObject(call);
  return conditionalDescribe(call, object, () => ok(call.org.describe(object.name, call.version)));
}

export const describes: Route[] = [
  {
    method: 'GET',
    path: '/sobjects',
    handle: (call) => conditionalDescribe(call, call.org.schema, () => everything(call)),
  },
  { method: 'GET', path: '/sobjects/:object/describe', handle: oneObject },
];
