import { compile, compileLook, type EvaluateInput } from '../compile.ts';
import { formatInstant } from '../instant.ts';
import { momentAt, nextChange, sumOf } from '../next-change.ts';
import { clamp, limitOf, toPoints } from '../points.ts';
import { reasons, type Reason } from '../reasons.ts';
import type { Result } from '../result.ts';
import type { Model } from '../schema/model.ts';
import { adjustments, type Adjustment } from './account.ts';
import { blocksOf, type Block } from './block.ts';
import { nearest, type Goal } from './nearest.ts';

/** All instants are ISO 8601 as in a result; all texts are the model's own. */
export type Explanation = {
  score: number;
  rating: string | null;
  /** The largest points of either sign first. */
  reasons: ExplainedReason[];
  /** What limits, gates and rounding add or take: with the points of the reasons the score exactly. */
  adjustments: Adjustment[];
  /** What each rule will add or take by itself next, the nearest first. */
  ahead: Ahead[];
  /** What the result's `nextChangeAt` brings. */
  next: (Pick<Result, 'score' | 'rating' | 'grade'> & { at: string }) | null;
  /** The gates that are not met. */
  blocks: Block[];
  /** The way to the rating above; null at the highest, or if there are no thresholds. */
  goal: Goal | null;
};

/** `first` and `last` tell when what is behind the awards happened; null where a fact simply holds. */
export type ExplainedReason = Reason & { first: string | null; last: string | null };

export type Ahead = { rule: string; name: string; at: string; points: number };

/**
 * What a rep reads about a score: where it comes from and since when, what will fall off, what blocks, and what would
 * bring the next rating. Every future and every "what if" has been evaluated, none is an estimate.
 *
 * @param result what `input` evaluates to under the model
 * @throws RangeError if `at` is no ISO date
 * @example
 * explanationInWords(explain(model, result, { record, engagements, previous, at }))
 * // ['+15 Pricing page visited (last on 2026-03-10)', ..., '4 points short of Hot: one more "Pricing page visited" would do it.']
 */
export function explain(model: Model, result: Result, input: EvaluateInput): Explanation {
  const scorer = compile(model);
  const { rules, scene, courses } = compileLook(model)(input);
  const dates = (rule: string) => {
    const course = courses.rules[rules.findIndex(({ key }) => key === rule)];
    const instants = course?.dates?.(scene.from).map(formatInstant) ?? [];
    return { first: instants.at(0) ?? null, last: instants.at(-1) ?? null };
  };
  const ahead = rules.flatMap(({ key, name, max }, index): Ahead[] => {
    const most = limitOf(max, Infinity);
    const timeline = { rules: [courses.rules[index]!], gates: [] };
    const pointsAt = (instant: number) => clamp(sumOf(timeline.rules[0]!.at(instant)), -most, most);
    const conclude = ([sum = 0]: readonly number[]) => ({
      score: clamp(sum, -most, most),
      rating: null,
      grade: null,
      steps: [],
    });
    const at = nextChange({ ...timeline, conclude }, momentAt(timeline, scene.from), scene.to);
    return at === undefined
      ? []
      : [{ rule: key, name, at: formatInstant(at), points: toPoints(pointsAt(at) - pointsAt(scene.from)) }];
  });

  return {
    score: result.score,
    rating: result.rating,
    reasons: reasons(model, result).map((reason) => ({ ...reason, ...dates(reason.rule) })),
    adjustments: adjustments(model, result),
    ahead: ahead.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    next: nextOf(result, (at) => scorer.evaluate({ ...input, previous: result, at })),
    blocks: blocksOf(model, result, input.record, scene.from, courses.gates),
    goal: nearest(scorer, result, input) ?? null,
  };
}

function nextOf({ nextChangeAt: at }: Result, evaluateAt: (at: string) => Result): Explanation['next'] {
  if (at === null) return null;
  const { score, rating, grade } = evaluateAt(at);
  return { at, score, rating, grade };
}
