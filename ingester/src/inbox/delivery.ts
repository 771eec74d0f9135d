import type { Delivery, RawRequest, Verdict } from '../adapters/adapter.ts';

/** The headers that an adapter reads after the delivery was accepted. No other is kept, so no credential is. */
const isKept = (name: string) => /^(content-type|(webhook|svix)-id|ce-.*)$/.test(name);

/** What the inbox keeps of an authenticated request. */
export function deliveryOf(
  origin: { connection: string; adapter: string },
  request: RawRequest,
  { authenticated, covers }: Extract<Verdict, { ok: true }>,
  receivedAt: number,
): Delivery {
  return {
    ...origin,
    receivedAt,
    authenticated,
    ...(covers && { covers }),
    headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => isKept(name))),
    body: request.body,
  };
}
