import type { Decay } from 'c/scoringCore';
import { compileDecay, parseDuration } from 'c/scoringAdvice';

const DAY = 86_400_000;
/** Months are not of one length; a picture takes their mean. */
const MONTH = 30.4375 * DAY;
/** How far a picture goes on after everything is gone. */
const BEYOND = 1.1;
/** So little is as good as nothing. */
const LITTLE = 0.03;

function lengthOf(duration: string | undefined): number {
  const { months, milliseconds } = parseDuration(duration ?? '') ?? { months: 0, milliseconds: NaN };
  return months * MONTH + milliseconds;
}

/** The milliseconds that a picture covers: until next to nothing is left, or everything has expired. */
export function spanOf(decay: Decay, expires: string | undefined): number {
  const faded = fadedAfter(decay);
  return expires === undefined ? faded : Math.max(faded, lengthOf(expires) * BEYOND);
}

function fadedAfter(decay: Decay): number {
  if (decay.kind === 'linear') return lengthOf(decay.over) * BEYOND;
  if (decay.kind === 'exponential') return lengthOf(decay.halfLife) * Math.log2(1 / LITTLE);
  const steps = decay.keep > 0 && decay.keep < 1 ? Math.log(LITTLE) / Math.log(decay.keep) : 3;
  return lengthOf(decay.every) * Math.min(steps, 30);
}

/** An SVG path of what is left of the points, through so many places in a box; it falls to the ground at the expiry. */
export function pathOf(decay: Decay, expires: string | undefined, width: number, height: number, places = 120): string {
  const { step, factor } = compileDecay(decay);
  const span = spanOf(decay, expires);
  const end = expires === undefined ? Infinity : lengthOf(expires);
  const line = Array.from({ length: places + 1 }, (_, index) => {
    const age = (span * index) / places;
    const left = age < end ? factor(Math.floor(age / step)) : 0;
    return `${rounded((width * index) / places)},${rounded(height * (1 - left))}`;
  });
  return `M${line.join(' L')}`;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
