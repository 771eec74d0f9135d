import { ok } from './route.ts';
import type { Route } from './route.ts';

export const limits: Route[] = [
  {
    method: 'GET',
    path: '/limits',
    handle: ({ usage: { used, max } }) => ok({ DailyApiRequests: { Max: max, Remaining: Math.max(max - used, 0) } }),
  },
];
