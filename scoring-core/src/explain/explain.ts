import { compile } from '../compile.ts';
import { formatInstant } from '../instant.ts';
import { compileLooking, type EvaluateInput } from '../look.ts';
import { open } from '../gate.ts';
import { createClock } from '../next-change.ts';
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
  const { rules, moving, courses, look, bar } = compileLooking(model);
  const { scene } = look(input);
  const dates = new Map(
    courses.map((course, row) => [rules[moving[row]!]!.key, course.dates?.(scene.from).map(formatInstant)]),
  );
  const ahead = courses.flatMap((course, row): Ahead[] => {
    const { key, name, max } = rules[moving[row]!]!;
    const most = limitOf(max, Infinity);
    const held = ([sum = 0]: Float64Array) => clamp(sum, -most, most);
    const conclude = (sums: Float64Array) => ({ score: held(sums), rating: null, steps: 0 });
    const clock = createClock({ courses: [course], bar: () => open, conclude, gradeOf: () => null });
    const heldAt = (instant: number) => held(clock.sumsOf(clock.at(instant)));
    const at = clock.nextChange(scene.from, scene.to, scene.turns);
    if (at === undefined) return [];
    return [{ rule: key, name, at: formatInstant(at), points: toPoints(heldAt(at) - heldAt(scene.from)) }];
  });

  return {
    score: result.score,
    rating: result.rating,
    reasons: reasons(model, result).map((reason) => {
      const instants = dates.get(reason.rule);
      return { ...reason, first: instants?.at(0) ?? null, last: instants?.at(-1) ?? null };
    }),
    adjustments: adjustments(model, result),
    ahead: ahead.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    next: nextOf(result, (at) => scorer.evaluate({ ...input, previous: result, at })),
    blocks: blocksOf(model, result, scene, bar),
    goal: nearest(scorer, result, input) ?? null,
  };
}

function nextOf({ nextChangeAt: at }: Result, evaluateAt: (at: string) => Result): Explanation['next'] {
  if (at === null) return null;
  const { score, rating, grade } = evaluateAt(at);
  return { at, score, rating, grade };
}
