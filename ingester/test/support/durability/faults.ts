/** Every way in which an org fails that the ingester must live with, once each; see local-org/src/faults. */
export const orgFaults: readonly object[] = [
  { path: '/composite', times: 2, status: 503 },
  { path: '/query', times: 2, status: 503 },
  { path: '/composite', times: 2, dropConnection: 'after' },
  { path: '/composite', times: 2, dropConnection: 'before' },
  { path: '/query', times: 1, dropConnection: 'after' },
  { path: '/composite', times: 2, rowError: 'UNABLE_TO_LOCK_ROW' },
  { path: '/composite', times: 2, rowError: 'UNABLE_TO_LOCK_ROW', rows: [0, 2] },
  { path: '/composite', times: 1, errorCode: 'REQUEST_LIMIT_EXCEEDED' },
  { path: '/query', times: 1, errorCode: 'REQUEST_LIMIT_EXCEEDED' },
  { path: '/services/data', times: 1, expireSession: true },
  { path: '/services/data', times: 1, errorCode: 'INVALID_SESSION_ID' },
  { path: '/oauth2/token', times: 1, status: 503 },
  { path: '/composite', times: 1, malformedBody: true },
  { path: '/composite', times: 1, latencyMs: 800 },
];
