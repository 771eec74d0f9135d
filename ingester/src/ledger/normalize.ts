import { Unreadable, type Adapter, type Delivery, type Normalized, type Settings } from '../adapters/adapter.ts';

/**
 * What a delivery says. Never throws: whatever an adapter cannot read, and whatever it fails over, becomes a dead letter
 * with its reason, so that one delivery cannot hold up those behind it.
 */
export function normalize(adapter: Adapter, delivery: Delivery, settings: Settings): Normalized {
  try {
    return adapter.normalize(delivery, settings);
  } catch (error) {
    const reason = error instanceof Unreadable ? error.message : `the adapter failed: ${String(error)}`;
    return { engagements: [], introductions: [], deadLetters: [reason] };
  }
}
