const SHORTEST = 200;
const LONGEST = 60_000;

/**
 * How long to wait before the next attempt: doubling from 0.2 s up to a minute, half of it left to chance, so that many
 * that failed together do not come back together. `random` yields 0..1.
 */
export function backoff(attempts: number, random: () => number): number {
  const whole = Math.min(LONGEST, SHORTEST * 2 ** Math.min(attempts, 20));
  return Math.round(whole / 2 + (whole / 2) * random());
}
