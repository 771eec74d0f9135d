import type { RawRequest } from '../adapters/adapter.ts';
import { adapters } from '../adapters/index.ts';
import type { Config } from '../config.ts';
import type { Store } from '../store/store.ts';
import { deliveryOf } from './delivery.ts';

export type Acceptance =
  | { kind: 'accepted'; status: 200 | 202; delivery: number }
  | { kind: 'unknown connection' }
  | { kind: 'rejected'; reason: string };

/**
 * First step: authenticates a request over its raw bytes and keeps it. Resolves when it is on disk, so that the answer
 * can promise it. Throws whatever the store throws.
 */
export function createAccept({ config, store, clock }: { config: Config; store: Store; clock: () => number }) {
  return async (connection: string, request: RawRequest): Promise<Acceptance> => {
    const settings = Object.hasOwn(config.connections, connection) ? config.connections[connection] : undefined;
    const adapter = settings && adapters.get(settings.adapter);
    if (!adapter) return { kind: 'unknown connection' };
    const now = clock();
    const verdict = adapter.verify(request, settings, now);
    if (!verdict.ok) return { kind: 'rejected', reason: verdict.reason };
    const delivery = await store.append(deliveryOf({ connection, adapter: adapter.name }, request, verdict, now));
    return { kind: 'accepted', status: adapter.accepted, delivery };
  };
}
