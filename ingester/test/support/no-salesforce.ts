import type { Salesforce } from '../../src/salesforce/salesforce.ts';
import { Retryable } from '../../src/salesforce/errors.ts';

/** An org that cannot be reached: accepting must not depend on it. */
export const noSalesforce: Salesforce = {
  query: () => Promise.reject(new Retryable('NETWORK', 'unreachable')),
  write: () => Promise.reject(new Retryable('NETWORK', 'unreachable')),
  calls: () => 0,
};
