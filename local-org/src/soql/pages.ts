import type { Org, QueryOptions, QueryRecord, User } from '../org.ts';

/** All the records of a query, whatever its pages. */
export function allRecords(org: Org, user: User, soql: string, options: QueryOptions = {}): QueryRecord[] {
  const records: QueryRecord[] = [];
  for (let page = org.query(user, soql, options); ;) {
    records.push(...page.records);
    if (page.done) return records;
    page = org.queryMore(user, page.nextRecordsUrl!.split('/').at(-1)!, options);
  }
}
