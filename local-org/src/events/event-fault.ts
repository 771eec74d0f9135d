import * as z from 'zod/mini';

const count = z.int().check(z.minimum(1));
const times = z.optional(count);
const once = z._default(count, 1);
const on = z.literal('events');
const object = z.string();
const gapTypes = ['GAP_CREATE', 'GAP_UPDATE', 'GAP_DELETE', 'GAP_UNDELETE'] as const;

/** What can happen to the events of the org. */
export const eventFault = z.discriminatedUnion('what', [
  /** Nothing is delivered until the faults are cleared; what is published waits. */
  z.strictObject({ on, what: z.literal('pause'), times }),
  /** The next events are published twice, with the same UUID, as at-least-once publishing may; all, or those of a channel. */
  z.strictObject({ on, what: z.literal('duplicate'), times, channel: z.optional(z.string()) }),
  /** At once: an event that says that these records changed, but not how. */
  z.strictObject({
    on,
    what: z.literal('gap'),
    times: once,
    object,
    ids: z.array(z.string()),
    changeType: z.enum(gapTypes),
  }),
  /** At once: an event that says that more records of this object changed than can be told. */
  z.strictObject({ on, what: z.literal('overflow'), times: once, object }),
  /** At once: no event that was published so far can be replayed any more. */
  z.strictObject({ on, what: z.literal('expire'), times: once }),
  /** At once: every subscriber is sent away. */
  z.strictObject({ on, what: z.literal('disconnect'), times: once }),
]);

export type EventFault = z.infer<typeof eventFault>;
