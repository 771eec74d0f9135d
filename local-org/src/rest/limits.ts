import { invalidType } from '../errors.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';

/** How many records there are of these objects, or of all; Salesforce counts now and then, the local org at once. */
function recordCount({ org, user, query }: Call): Reply {
  const stored = org.schema.objects.filter(({ isEvent, view }) => !isEvent && view === null);
  const names = query['sObjects']?.split(',').filter(Boolean) ?? stored.map(({ name }) => name);
  const sObjects = names.map((asked) => {
    const object = stored.find(({ name }) => name.toLowerCase() === asked.toLowerCase());
    if (!object) throw invalidType(`sObject type '${asked}' is not supported.`);
    const count = org.query(user, `SELECT COUNT() FROM ${object.name}`).totalSize;
    return { count, name: object.name };
  });
  return ok({ sObjects });
}

export const limits: Route[] = [
  { method: 'GET', path: '/limits', handle: ({ allowances }) => ok(allowances.all()) },
  { method: 'GET', path: '/limits/recordCount', handle: recordCount },
];
