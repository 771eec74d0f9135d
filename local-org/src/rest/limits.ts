import { ok } from './route.ts';
import type { Route } from './route.ts';

export const limits: Route[] = [
  {
    method: 'GET',
    path: '/limits',
    handle: ({ usage: { used, max } }) =>
      ok({
        DailyApiRequests: { Max: max, Remaining: Math.max(max - used, 0) },
        // What a Developer Edition has; the org does not measure what it stores.
        DataStorageMB: { Max: 5, Remaining: 5 },
        FileStorageMB: { Max: 20, Remaining: 20 },
      }),
  },
];
