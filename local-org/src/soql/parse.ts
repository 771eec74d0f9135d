import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { Query, QueryBase } from '@jetstreamapp/soql-parser-js';
import { malformedQuery, NotSupported } from '../errors.ts';

/** The syntax tree of a query. Clauses that the local org cannot honor are refused, never skipped. */
export function parseSoql(soql: string): Query {
  let query: Query;
  try {
    query = parseQuery(soql);
  } catch (error) {
    throw malformedQuery(`unexpected token in the query: ${(error as Error).message.split('\n')[0]!}`);
  }
  checkClauses(query);
  return query;
}

const most = 100_000;

/** A statement that a client sends has a length; those that the org makes itself need none. */
export function checkLength(soql: string): string {
  if (soql.length > most) throw malformedQuery(`SOQL statements cannot be longer than ${most} characters.`);
  return soql;
}

/** Also for subqueries, which have the same clauses. */
export function checkClauses(query: QueryBase): void {
  if (query.usingScope && !/^(everything|mine)$/i.test(query.usingScope))
    throw new NotSupported(`USING SCOPE ${query.usingScope} in SOQL`);
  if (query.withDataCategory) throw new NotSupported('WITH DATA CATEGORY in SOQL');
  if (query.withSecurityEnforced || query.withAccessLevel)
    throw new NotSupported('WITH SECURITY_ENFORCED, USER_MODE and SYSTEM_MODE in SOQL');
  if (query.update) throw new NotSupported(`UPDATE ${query.update} in SOQL`);
  if (query.for === 'UPDATE') throw malformedQuery('FOR UPDATE is allowed in Apex only');
  if ((query.offset ?? 0) > 2000) throw malformedQuery('Maximum SOQL offset allowed is 2000');
}
