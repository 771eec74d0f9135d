import type { Log } from '../log.ts';
import { Permanent, Retryable, Throttled } from '../salesforce/errors.ts';
import type { Salesforce } from '../salesforce/salesforce.ts';
import { COLLECTIONS_PER_CALL, ROWS_PER_COLLECTION, type RowError } from '../salesforce/write.ts';
import type { Outcome, OutboxRow, Store } from '../store/store.ts';
import type { OnStep } from '../trace.ts';
import { backoff } from '../worker/backoff.ts';
import type { Round } from '../worker/loop.ts';
import { batch, type Batch } from './batch.ts';

/** How many rows are taken for one call. */
const LARGEST = COLLECTIONS_PER_CALL * ROWS_PER_COLLECTION;
const SMALLEST = 10;

/**
 * Fourth step: from the outbox to Salesforce, one call at a time, so that a row's older state never overtakes its newer
 * one. A crash between the call and its acknowledgement sends the same state again.
 */
export function createOutboxStep(parts: {
  store: Store;
  salesforce: Salesforce;
  clock: () => number;
  random: () => number;
  log: Log;
  onStep: OnStep;
}): () => Promise<Round> {
  const { store, salesforce, clock, random, log, onStep } = parts;
  let size = LARGEST;

  return async () => {
    const due = await store.outgoing(clock(), size);
    if (due.length === 0) return { more: false, dueAt: (await store.nextDue()).outbox };
    const batches = batch(due);
    const rows = batches.flatMap((each) => each.rows);
    const leaving = new Set(rows);
    if (rows.length < due.length) await store.release({ rows: due.filter((row) => !leaving.has(row)) }, clock());
    const errors = await write(batches, rows);
    await store.acknowledge(rows.map((row, index) => outcomeOf(row, errors[index] ?? null)));
    for (const [index, row] of rows.entries()) if (!errors[index]) trace(row);
    const throttled = errors.find((error) => error instanceof Throttled);
    if (throttled) throw throttled;
    return { more: true };
  };

  async function write(batches: readonly Batch[], rows: readonly OutboxRow[]): Promise<RowError[]> {
    try {
      const results = await salesforce.write(batches.map(({ collection }) => collection));
      size = Math.min(LARGEST, 2 * size);
      return results.flat();
    } catch (error) {
      // A call without an answer may have been too much at once for an org that is slow.
      if (error instanceof Retryable) size = Math.max(SMALLEST, Math.ceil(size / 2));
      await store.release({ rows }, clock());
      throw error;
    }
  }

  function outcomeOf(row: OutboxRow, error: RowError): Outcome {
    const { target, version, record } = row;
    if (error === null) return { target, version, record, kind: 'sent' };
    if (!(error instanceof Permanent))
      return { target, version, record, kind: 'retry', at: clock() + backoff(row.attempts, random) };
    log.warn({ step: 'outbox', setAside: target, code: error.code });
    return { target, version, record, kind: 'set aside', reason: `${error.code}: ${error.message}` };
  }

  function trace({ target, delivery, acceptedAt }: OutboxRow): void {
    if (delivery === undefined || acceptedAt === undefined) return;
    onStep({ step: 'written', delivery, engagement: target.slice(target.indexOf('/') + 1), ms: clock() - acceptedAt });
  }
}
