import type { Delivery } from '../../adapters/adapter.ts';
import { StoreFull } from '../store.ts';
import type { Database } from './database.ts';
import { deliveryArrays, deliveryColumns, toColumns } from './delivery.ts';
import { unnest } from './unnest.ts';

interface Waiting {
  delivery: Delivery;
  resolve: (seq: number) => void;
  reject: (error: unknown) => void;
}

/** How many deliveries may wait for a commit while the database is slow; those beyond are asked to come back. */
const LONGEST_QUEUE = 10_000;
/** How many share a commit. */
const BATCH = 500;
/** How long our own count of the inbox is believed, in milliseconds; other workers fill and empty it too. */
const COUNT_AGAIN = 1000;

/**
 * Group commit: deliveries that arrive while a commit is under way share the next one. Each is answered for only when the
 * database has answered for its commit, and by then it is on the disk of the server and of its synchronous standbys.
 */
export function appender(db: Database, highWaterMark: number, clock: () => number) {
  const waiting: Waiting[] = [];
  let committing = false;
  let room = 0;
  let countedAt = -Infinity;

  async function makeRoom(needed: number): Promise<void> {
    if (room < needed || clock() - countedAt > COUNT_AGAIN) {
      const [counted] = await db.all('SELECT (SELECT count(*) FROM inbox) + (SELECT count(*) FROM arrival) AS n');
      room = highWaterMark - Number(counted?.['n']);
      countedAt = clock();
    }
    if (room < needed) throw new StoreFull(`the inbox holds ${highWaterMark} deliveries, as many as it may`);
    room -= needed;
  }

  async function commit(batch: readonly Waiting[]): Promise<void> {
    try {
      await makeRoom(batch.length);
      const rows = await db.all(
        `INSERT INTO inbox (${deliveryColumns}) SELECT ${deliveryColumns}
         FROM ${unnest(deliveryArrays, deliveryColumns)} ORDER BY n RETURNING seq`,
        ...toColumns(batch.map(({ delivery }) => delivery)),
      );
      const seqs = rows.map(({ seq }) => seq as number).sort((a, b) => a - b);
      for (const [index, { resolve }] of batch.entries()) resolve(seqs[index]!);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  async function commitAll(): Promise<void> {
    committing = true;
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await commit(waiting.splice(0, BATCH));
    committing = false;
  }

  return (delivery: Delivery): Promise<number> =>
    new Promise((resolve, reject) => {
      if (waiting.length >= LONGEST_QUEUE) {
        reject(new StoreFull('the database does not keep up'));
        return;
      }
      waiting.push({ delivery, resolve, reject });
      if (!committing) void commitAll();
    });
}
