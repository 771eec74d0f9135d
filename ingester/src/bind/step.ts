import type { Salesforce } from '../salesforce/salesforce.ts';
import type { Store } from '../store/store.ts';
import type { Round } from '../worker/loop.ts';
import { lookUp } from './look-up.ts';

const BATCH = 100;

/** Third step, first half: finds out whose records new engagements belong to. */
export function createBindStep(parts: {
  store: Store;
  salesforce: Salesforce;
  clock: () => number;
  onBound: () => void;
}): () => Promise<Round> {
  const { store, salesforce, clock, onBound } = parts;
  return async () => {
    const people = await store.dueBindings(clock(), BATCH);
    if (people.length === 0) return { more: false, dueAt: (await store.nextDue()).binding };
    try {
      await store.bind(await lookUp(salesforce, people), clock());
    } catch (error) {
      await store.release({ people }, clock());
      throw error;
    }
    onBound();
    return { more: true };
  };
}
