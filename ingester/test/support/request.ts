import type { Adapter, Delivery, RawRequest, Settings } from '../../src/adapters/adapter.ts';
import { deliveryOf } from '../../src/inbox/delivery.ts';

export const NOW = Date.parse('2026-03-02T12:00:00.000Z');

export const request = (body: string | Buffer, headers: Record<string, string> = {}, url = '/in/main'): RawRequest => ({
  url,
  headers,
  body: Buffer.from(body),
});

/** Runs an adapter as the ingester does: verify, keep what the inbox keeps, normalize. */
export function receive(adapter: Adapter, raw: RawRequest, settings: Settings = {}) {
  const verdict = adapter.verify(raw, settings, NOW);
  if (!verdict.ok) throw new Error(`rejected: ${verdict.reason}`);
  const delivery: Delivery = deliveryOf({ connection: 'main', adapter: adapter.name }, raw, verdict, NOW);
  return adapter.normalize(delivery, settings);
}

/** A form with bracket keys, as ActiveCampaign sends it. */
export const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
