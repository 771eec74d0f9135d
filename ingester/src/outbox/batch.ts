import { COLLECTIONS_PER_CALL, ROWS_PER_COLLECTION, type Collection } from '../salesforce/write.ts';
import type { OutboxRow } from '../store/store.ts';

/** Rows of one object for one call. */
export interface Batch {
  collection: Collection;
  rows: OutboxRow[];
}

/** Ours go round the record's fields: a Flow on a score finds the rest in place, and a change finds its score. */
const places: Record<string, number> = { Engagement__c: 0, Score__c: 2, Score_Change__c: 3 };
const order = (object: string): number => places[object] ?? 1;

/** Our own objects are upserted by their external ID, records are updated. */
const externalIdField = (object: string) => (object in places ? 'External_Id__c' : null);

/**
 * As many rows as fit into one composite call, from the front of the list; a record's rows go together unless they alone
 * are too many. Within a collection, rows are in the order of their records, which spares the org lock contention.
 */
export function batch(rows: readonly OutboxRow[]): Batch[] {
  const records = [...Map.groupBy(rows, ({ record }) => record).values()];
  const taken: OutboxRow[] = [];
  for (const record of records) {
    if (collectionsFor([...taken, ...record]) <= COLLECTIONS_PER_CALL) taken.push(...record);
    else if (taken.length === 0) taken.push(...record.slice(0, ROWS_PER_COLLECTION));
    else break;
  }
  return [...Map.groupBy(taken, ({ object }) => object)]
    .sort(([a], [b]) => order(a) - order(b))
    .flatMap(([object, all]) => chunks(all).map((rows) => toBatch(object, rows)));
}

const toBatch = (object: string, rows: OutboxRow[]): Batch => ({
  collection: { object, externalIdField: externalIdField(object), rows: rows.map(({ payload }) => payload) },
  rows,
});

const collectionsFor = (rows: readonly OutboxRow[]): number =>
  [...Map.groupBy(rows, ({ object }) => object).values()].reduce(
    (sum, { length }) => sum + Math.ceil(length / ROWS_PER_COLLECTION),
    0,
  );

function chunks(rows: OutboxRow[]): OutboxRow[][] {
  const sorted = rows.toSorted((a, b) => (a.record < b.record ? -1 : a.record > b.record ? 1 : 0));
  return Array.from({ length: Math.ceil(rows.length / ROWS_PER_COLLECTION) }, (_, index) =>
    sorted.slice(index * ROWS_PER_COLLECTION, (index + 1) * ROWS_PER_COLLECTION),
  );
}
