import { query, type SalesforceRow } from './query.ts';
import { createSession, type SessionOptions } from './session.ts';
import { write, type Collection, type RowError } from './write.ts';

/** All that the ingester asks of Salesforce. Every method throws a SalesforceError, and none waits longer than the timeout. */
export interface Salesforce {
  query(soql: string): Promise<SalesforceRow[]>;
  write(collections: readonly Collection[]): Promise<RowError[][]>;
  /** API calls made so far. */
  calls(): number;
}

export function createSalesforce(options: SessionOptions): Salesforce {
  const session = createSession(options);
  return {
    query: (soql) => query(session, soql),
    write: (collections) => write(session, collections),
    calls: session.calls,
  };
}

/** The rows of several queries together. */
export const queryAll = async (salesforce: Salesforce, queries: readonly string[]): Promise<SalesforceRow[]> =>
  (await Promise.all(queries.map((soql) => salesforce.query(soql)))).flat();
