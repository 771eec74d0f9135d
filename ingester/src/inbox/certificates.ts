import type { Adapter, RawRequest, Settings } from '../adapters/adapter.ts';
import { ask } from './ask.ts';

/** How long a certificate is believed, and how many are kept; Amazon uses one for each region, for about a year. */
const DAY = 24 * 3_600_000;
const MOST = 50;

/**
 * Gives an adapter the certificate that a request names, fetched from the source's own host once and kept for a day.
 * Throws where it cannot be had, so that the sender is asked to come back.
 */
export function createCertificates({ fetch, clock }: { fetch: typeof globalThis.fetch; clock: () => number }) {
  const kept = new Map<string, { until: number; pem: Promise<string> }>();

  const get = (url: string): Promise<string> => {
    const known = kept.get(url);
    if (known && clock() < known.until) return known.pem;
    const pem = ask(fetch, url);
    kept.delete(url);
    if (kept.size >= MOST) kept.delete(kept.keys().next().value!);
    kept.set(url, { until: clock() + DAY, pem });
    pem.catch(() => kept.delete(url));
    return pem;
  };

  return async (adapter: Adapter, request: RawRequest, settings: Settings): Promise<Settings> => {
    const url = adapter.certificateUrl?.(request, settings);
    return url === undefined ? settings : { ...settings, certificates: { [url]: await get(url) } };
  };
}
