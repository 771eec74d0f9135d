import { knownObject } from './request.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';
import { describeBriefly } from '../schema/describe.ts';

/** The records that the user viewed last; Salesforce keeps 200 of each user. */
function recent(call: Call): Reply {
  return ok(call.org.recent(call.user, { version: call.version }).slice(0, Number(call.query['limit'] ?? 200)));
}

function ofObject(call: Call): Reply {
  const { org, user, version } = call;
  const object = knownObject(call);
  const recentItems = org.recent(user, { version }).filter(({ attributes }) => attributes.type === object.name);
  return ok({ objectDescribe: describeBriefly(object, version), recentItems });
}

export const recentRoutes: Route[] = [
  { method: 'GET', path: '/recent', handle: recent },
  { method: 'GET', path: '/sobjects/:object', handle: ofObject },
];
