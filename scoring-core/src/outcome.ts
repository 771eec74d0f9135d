/** Section 4: from contributions and failed gates to score, rating and grade. */
import { compileCategories, limit } from './category.ts';
import { lowestCap } from './gate.ts';
import { compileGrades, type Graded } from './grade.ts';
import { clamp, roundTo } from './points.ts';
import type { Model } from './schema/model.ts';
import type { Rule } from './schema/rule.ts';
import { compileThresholds } from './threshold.ts';

export interface Outcome extends Graded {
  /** Rounded to the model's decimals, in hundredths, as are the limited sums of the categories. */
  readonly score: number;
  readonly rating: string | null;
  readonly categories: readonly number[];
}

/**
 * What contributions (hundredths, one for each of `rules`) come to. More points never lower the score, the rating's
 * level or a category's grade step; next-change.ts relies on that.
 */
export type Conclude = (
  contributions: readonly number[],
  failed: readonly boolean[],
  previousRating: string | null | undefined,
) => Outcome;

export function compileOutcome(model: Model, rules: readonly Rule[]): Conclude {
  const { range = {}, decimals = 0, gates = [], thresholds = [] } = model;
  const sum = compileCategories(model, rules);
  const rate = compileThresholds(thresholds);
  const grade = compileGrades(model);
  const [min, max] = [limit(range.min, -Infinity), limit(range.max, Infinity)];

  return (contributions, failed, previousRating) => {
    const { categories, total } = sum(contributions);
    const unmet = gates.filter((_, index) => failed[index]);
    const score = roundTo(clamp(Math.min(total, lowestCap(unmet)), min, max), decimals);
    const rating = unmet.find((gate) => gate.rating !== undefined)?.rating ?? rate(score, previousRating);
    return { score, rating, categories, ...grade(categories) };
  };
}
