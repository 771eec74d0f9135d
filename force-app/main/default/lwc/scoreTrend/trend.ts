/** A change of a score, as it was then; `at` in milliseconds. */
export interface Change {
  id: string;
  at: number;
  value: number;
  delta: number;
  rating: string | null;
  /** The name of the rule or gate behind it. */
  cause: string | null;
}

export interface Mark {
  key: string;
  x: number;
  y: number;
  rating: string | null;
}

/** The line of the score over time, and a mark where a change brought another rating. */
export interface Trend {
  line: string;
  marks: Mark[];
}

/**
 * A picture in a box. The score stays what it was between two changes, and is `value` at the right edge.
 *
 * @param changes the oldest first
 * @param now milliseconds
 */
export function trendOf(changes: readonly Change[], value: number, now: number, width: number, height: number): Trend {
  const begin = changes[0]?.at ?? now;
  const values = [0, value, ...changes.map((change) => change.value)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (at: number) => rounded((width * (at - begin)) / Math.max(1, now - begin));
  const y = (score: number) => rounded(height - (height * (score - low)) / Math.max(1, high - low));

  const steps = changes.map((change) => `H${x(change.at)} V${y(change.value)}`);
  const marks = changes.flatMap((change, index): Mark[] => {
    const { id, at, rating } = change;
    const before = changes[index - 1]?.rating ?? null;
    return rating === before ? [] : [{ key: id, x: x(at), y: y(change.value), rating }];
  });
  const first = changes[0];
  const start = y(first ? first.value - first.delta : value);
  return { line: [`M0,${start}`, ...steps, `H${width}`, `V${y(value)}`].join(' '), marks };
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
