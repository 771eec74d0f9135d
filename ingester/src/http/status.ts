import type { Counts } from '../store/store.ts';

/** How the ingester is doing: what waits where, and what is in the way. */
export interface Status {
  counts: Counts;
  /** Deliveries accepted since the start. */
  accepted: number;
  /** API calls made since the start. */
  salesforceCalls: number;
  /** By step: why its last round failed; null where it did not. */
  failures: Record<string, string | null>;
  /** By model key: why it is not scored. */
  skippedModels: Record<string, string>;
}
