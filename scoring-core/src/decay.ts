/** Section 3.2: how awards fade. */
import { span } from './duration.ts';
import type { Decay } from './schema/rule.ts';

export interface Fading {
  /** The milliseconds of age at which each next step is taken. */
  readonly step: number;
  /** The factor, 1 to 0, after so many whole steps. */
  readonly factor: (steps: number) => number;
}

const DEFAULT_STEP = 'P1D';

export function compileDecay(decay: Decay): Fading {
  switch (decay.kind) {
    case 'exponential': {
      const [halfLife, step] = [span(decay.halfLife), span(decay.step ?? DEFAULT_STEP)];
      return { step, factor: remembered((steps) => 2 ** (-(steps * step) / halfLife)) };
    }
    case 'linear': {
      const [over, step] = [span(decay.over), span(decay.step ?? DEFAULT_STEP)];
      return { step, factor: remembered((steps) => Math.max(0, 1 - (steps * step) / over)) };
    }
    case 'steps':
      return { step: span(decay.every), factor: remembered((steps) => decay.keep ** steps) };
  }
}

/** Without a decay an award keeps its value. */
export const unfading: Fading = { step: Infinity, factor: () => 1 };

/** Factors that are kept: three years of days. */
const KEPT = 1100;

function remembered(factor: Fading['factor']): Fading['factor'] {
  const factors: number[] = [];
  return (steps) => {
    if (steps >= KEPT) return factor(steps);
    while (factors.length <= steps) factors.push(factor(factors.length));
    return factors[steps]!;
  };
}
