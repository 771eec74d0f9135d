import type { Delivery } from '../../adapters/adapter.ts';
import { StoreFull } from '../store.ts';
import { integer, type Database } from './database.ts';
import { deliveryColumns, toColumns } from './delivery.ts';

interface Waiting {
  delivery: Delivery;
  resolve: (seq: number) => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit: deliveries that arrive in the same turn of the event loop, or while a commit is in progress, share the
 * next commit and its one sync of the disk. Each is answered for only when that commit is done.
 */
export function appender(db: Database, highWaterMark: number) {
  let waiting: Waiting[] = [];
  const insert = `INSERT INTO inbox (${deliveryColumns}) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING seq`;
  /** Deliveries leave from the front, so that this is their number, without counting them. */
  const size = () => integer(db.get('SELECT max(seq) - min(seq) + 1 AS n FROM inbox')?.['n']) ?? 0;

  function commit(): void {
    const batch = waiting;
    waiting = [];
    try {
      const seqs = db.transaction(() => {
        const room = highWaterMark - size();
        if (batch.length > room) throw new StoreFull(`the inbox holds ${highWaterMark} deliveries, as many as it may`);
        return batch.map(({ delivery }) => integer(db.get(insert, ...toColumns(delivery))?.['seq'])!);
      });
      for (const [index, { resolve }] of batch.entries()) resolve(seqs[index]!);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (delivery: Delivery): Promise<number> =>
    new Promise((resolve, reject) => {
      waiting.push({ delivery, resolve, reject });
      if (waiting.length === 1) setImmediate(commit);
    });
}
