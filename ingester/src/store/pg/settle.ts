import type { Delivery, Normalized } from '../../adapters/adapter.ts';
import type { Settled } from '../store.ts';
import { apply } from './apply.ts';
import type { Database } from './database.ts';
import { sort } from './sort.ts';

/** Two transactions instead of one, so that several workers can do the second for different people. */
export const settle =
  (db: Database) =>
  async (limit: number, now: number, normalize: (delivery: Delivery) => Normalized): Promise<Settled> => {
    const sorted = await sort(db, limit, normalize);
    const entries: Settled['entries'] = [];
    for (let news = await apply(db, now); news; news = await apply(db, now)) entries.push(...news);
    return { ...sorted, entries };
  };
