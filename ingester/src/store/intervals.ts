/** How soon a new engagement may lead to another look-up of somebody who was not found the last time ... */
export const RECHECK_UNKNOWN = 2_000;
/** ... and of somebody who was found, and may have got a second record since. */
export const RECHECK_KNOWN = 300_000;

/** Somebody who is not found is looked for after the interval, then ever more rarely, at least once a day. */
export const RAREST = 86_400_000;

/** How long until somebody who was not found is looked for again, in milliseconds. */
export const untilNextLookUp = (misses: number, interval: number): number =>
  Math.min(RAREST, interval * 2 ** Math.min(misses, 12));
