import type { Call, Reply } from './route.ts';
import { listViewQuery } from './list-views.ts';
import { ok } from './route.ts';

/** How a query, or a list view by its ID, would be run: always by reading the whole table, as far as the org can tell. */
export function explain(call: Call, asked: string): Reply {
  const { org, user } = call;
  const { object } = org.columns(user, listViewQuery(call, asked) ?? asked);
  const count = org.query(user, `SELECT COUNT() FROM ${object}`).totalSize;
  const plan = {
    cardinality: count,
    fields: [],
    leadingOperationType: 'TableScan',
    notes: [],
    relativeCost: 1,
    sobjectCardinality: count,
    sobjectType: object,
  };
  return ok({ plans: [plan], sourceQuery: asked });
}
