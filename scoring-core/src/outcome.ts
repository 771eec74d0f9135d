/** Section 4: from awards and failed gates to score, rating and grade. */
import { compileCategories, type Sums } from './category.ts';
import type { Failing } from './course.ts';
import { lowestCap } from './gate.ts';
import { compileGrades, type Graded } from './grade.ts';
import { clamp, limitOf, roundTo } from './points.ts';
import type { Model } from './schema/model.ts';
import type { Rule } from './schema/rule.ts';
import { compileThresholds } from './threshold.ts';

export interface Outcome extends Sums, Graded {
  /** Rounded to the model's decimals, in hundredths. */
  readonly score: number;
  readonly rating: string | null;
}

/**
 * What the sums of awards (hundredths, one for each of `rules`) and the states of the model's gates come to. More points
 * never lower the score, the rating's level or a category's step in the grade; next-change.ts relies on that.
 */
export type Conclude = (
  awarded: readonly number[],
  gates: readonly Failing[],
  previousRating: string | null | undefined,
) => Outcome;

export function compileOutcome(model: Model, rules: readonly Rule[]): Conclude {
  const { range = {}, decimals = 0, gates = [], thresholds = [] } = model;
  const sum = compileCategories(model, rules);
  const rate = compileThresholds(thresholds);
  const grade = compileGrades(model);
  const [min, max] = [limitOf(range.min, -Infinity), limitOf(range.max, Infinity)];

  return (awarded, states, previousRating) => {
    const sums = sum(awarded);
    const unmet = gates.filter((_, index) => states[index]!.failed);
    const score = roundTo(clamp(Math.min(sums.total, lowestCap(unmet)), min, max), decimals);
    const rating = unmet.find((gate) => gate.rating !== undefined)?.rating ?? rate(score, previousRating);
    return { ...sums, ...grade(sums.categories), score, rating };
  };
}
