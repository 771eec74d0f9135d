import { search } from '../sosl/search.ts';
import { malformedSearch } from '../sosl/parse.ts';
import { ok } from './route.ts';
import type { Route } from './route.ts';

export const searches: Route[] = [
  {
    method: 'GET',
    path: '/search',
    handle: ({ org, user, query, version }) => {
      if (!query['q']) throw malformedSearch('The query parameter q is missing');
      return ok({ searchRecords: search(org, user, query['q'], version) });
    },
  },
];
