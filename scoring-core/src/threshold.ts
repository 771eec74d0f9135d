/** Section 3.4: from a score to a rating, which is left later than it is entered. */
import { hundredths, limitOf } from './points.ts';
import type { Threshold } from './schema/model.ts';

/** The rating of a score in hundredths, the previous rating considered. */
export type Rate = (score: number, previous: string | null | undefined) => string | null;

export function compileThresholds(thresholds: readonly Threshold[]): Rate {
  const levels = thresholds.map(({ rating, min, leaveBelow }) => ({
    rating,
    enter: hundredths(min),
    leave: limitOf(leaveBelow, hundredths(min)),
  }));
  return (score, previous) => {
    const held = levels.findIndex(({ rating }) => rating === previous);
    const isActive = ({ enter, leave }: (typeof levels)[number], level: number) =>
      score >= (level <= held ? leave : enter);
    return levels.findLast(isActive)?.rating ?? null;
  };
}
