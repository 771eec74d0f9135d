/** Section 3.4: from a score to a rating, which is left later than it is entered. */
import { hundredths, limitOf } from './points.ts';
import type { Threshold } from './schema/model.ts';

/** The rating of a score in hundredths, the previous rating considered. */
export type Rate = (score: number, previous: string | null | undefined) => string | null;

export function compileThresholds(thresholds: readonly Threshold[]): Rate {
  const ratings = thresholds.map(({ rating }) => rating);
  const enter = thresholds.map(({ min }) => hundredths(min));
  const leave = thresholds.map(({ min, leaveBelow }) => limitOf(leaveBelow, hundredths(min)));
  return (score, previous) => {
    const held = previous == null ? -1 : ratings.indexOf(previous);
    for (let level = ratings.length - 1; level >= 0; level--) {
      if (score >= (level <= held ? leave : enter)[level]!) return ratings[level]!;
    }
    return null;
  };
}
