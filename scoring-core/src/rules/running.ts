/** Awards that do not fade, counted by running sums: how many there are does not matter to how one instant is answered. */
import type { Contributing } from '../course.ts';

export interface Lasting {
  /** Neither starts nor ends ever fall from one award to the next. */
  readonly start: number;
  readonly end: number;
  /** In hundredths, not 0. */
  readonly value: number;
}

/** Takes awards in order; `turns` are among the starts, so that between two of them none begins. */
export function compileRunning(awards: readonly Lasting[]): (instant: number, nextTurn: number) => Contributing {
  const gains = [0];
  const losses = [0];
  for (const [index, { value }] of awards.entries()) {
    gains.push(gains[index]! + Math.max(value, 0));
    losses.push(losses[index]! + Math.min(value, 0));
  }
  return (instant, nextTurn) => {
    const ended = count(awards, ({ end }) => end <= instant);
    const begun = count(awards, ({ start }) => start <= instant);
    return {
      gain: gains[begun]! - gains[ended]!,
      loss: losses[begun]! - losses[ended]!,
      awards: begun - ended,
      until: ended < begun ? Math.min(nextTurn, awards[ended]!.end) : nextTurn,
    };
  };
}

/** How many pass a test that holds for the first ones only. */
function count(awards: readonly Lasting[], passes: (award: Lasting) => boolean): number {
  let [low, high] = [0, awards.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(awards[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
