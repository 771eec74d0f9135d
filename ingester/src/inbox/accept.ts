import type { Adapter, RawRequest, Settings, Verdict } from '../adapters/adapter.ts';
import { adapters } from '../adapters/index.ts';
import type { Config } from '../config.ts';
import type { Store } from '../store/store.ts';
import { ask } from './ask.ts';
import { createCertificates } from './certificates.ts';
import { deliveryOf } from './delivery.ts';

export type Acceptance =
  | { kind: 'accepted'; status: 200 | 202; delivery: number }
  | { kind: 'unknown connection' }
  | { kind: 'rejected'; reason: string };

/**
 * First step: authenticates a request over its raw bytes and keeps it. Resolves when it is on disk, so that the answer
 * can promise it. Throws whatever the store throws, and where a source's own host does not answer (SNS: its certificate,
 * the confirmation of a subscription).
 */
export function createAccept({
  config,
  store,
  clock,
  fetch,
}: {
  config: Config;
  store: Store;
  clock: () => number;
  fetch: typeof globalThis.fetch;
}) {
  const withCertificate = createCertificates({ fetch, clock });

  return async (connection: string, request: RawRequest): Promise<Acceptance> => {
    const settings = Object.hasOwn(config.connections, connection) ? config.connections[connection] : undefined;
    const adapter = settings && adapters.get(settings.adapter);
    if (!adapter) return { kind: 'unknown connection' };
    const now = clock();
    const verdict = verify(adapter, request, await withCertificate(adapter, request, settings), now);
    if (!verdict.ok) return { kind: 'rejected', reason: verdict.reason };
    const confirmation = adapter.confirmationUrl?.(request, settings);
    if (confirmation !== undefined) await ask(fetch, confirmation);
    const delivery = await store.append(deliveryOf({ connection, adapter: adapter.name }, request, verdict, now));
    return { kind: 'accepted', status: adapter.accepted, delivery };
  };
}

/** What an adapter fails over was not authenticated. */
function verify(adapter: Adapter, request: RawRequest, settings: Settings, now: number): Verdict {
  try {
    return adapter.verify(request, settings, now);
  } catch (error) {
    return { ok: false, reason: `it could not be checked (${(error as Error).name})` };
  }
}
