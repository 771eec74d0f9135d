import type { Delivery, Normalized } from '../adapters/adapter.ts';
import { adapters } from '../adapters/index.ts';
import type { Config } from '../config.ts';
import { engagementId } from '../evaluate/engagement-row.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { OnStep } from '../trace.ts';
import type { Round } from '../worker/loop.ts';
import { normalize } from './normalize.ts';

/** How many deliveries are taken in one transaction; the event loop gets its turn between two. */
const BATCH = 200;

/** Second step: from the inbox into the ledger. `onEntries` is called when there are new engagements. */
export function createLedgerStep(parts: {
  config: Pick<Config, 'connections'>;
  store: Store;
  clock: () => number;
  log: Log;
  onStep: OnStep;
  onEntries: () => void;
}): () => Promise<Round> {
  const { config, store, clock, log, onStep, onEntries } = parts;

  const read = (delivery: Delivery): Normalized => {
    const adapter = adapters.get(delivery.adapter);
    const connection = config.connections[delivery.connection];
    if (adapter && connection) return normalize(adapter, delivery, connection);
    const reason = `the connection "${delivery.connection}" is no longer configured`;
    return { engagements: [], introductions: [], deadLetters: [reason] };
  };

  return async () => {
    const { taken, entries, deadLetters } = await store.settle(BATCH, clock(), read);
    for (const { delivery, reason } of deadLetters) log.warn({ step: 'ledger', delivery, deadLetter: reason });
    for (const { delivery, source, id, acceptedAt } of entries) {
      onStep({ step: 'ledger', delivery, engagement: engagementId(source, id), ms: clock() - acceptedAt });
    }
    if (taken > 0) onEntries();
    if (taken < BATCH) return { more: false };
    await new Promise((resolve) => setImmediate(resolve));
    return { more: true };
  };
}
