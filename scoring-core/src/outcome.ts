/** Section 4: from contributions and failed gates to score, rating and grade. */
import { compileCategories } from './category.ts';
import type { Barred } from './gate.ts';
import { compileGrades, type Graded } from './grade.ts';
import { clamp, limitOf, roundTo } from './points.ts';
import type { Model } from './schema/model.ts';
import type { Rule } from './schema/rule.ts';
import { compileThresholds } from './threshold.ts';

export interface Outcome extends Graded {
  /** Rounded to the model's decimals, in hundredths. */
  readonly score: number;
  readonly rating: string | null;
  /** The limited sums, in hundredths; those of the next outcome take their place. */
  readonly categories: readonly number[];
}

/**
 * What contributions (hundredths, one for each of `rules`) and the gates that are not met come to. More points never
 * lower the score, the rating's level or a category's step in the grade; next-change.ts relies on that.
 */
export type Conclude = (
  contributions: readonly number[],
  barred: Barred,
  previousRating: string | null | undefined,
) => Outcome;

export function compileOutcome(model: Model, rules: readonly Rule[]): Conclude {
  const { range = {}, decimals = 0, thresholds = [] } = model;
  const sum = compileCategories(model, rules);
  const rate = compileThresholds(thresholds);
  const toGrade = compileGrades(model);
  const [min, max] = [limitOf(range.min, -Infinity), limitOf(range.max, Infinity)];

  return (contributions, barred, previousRating) => {
    const { categories, total } = sum(contributions);
    const { grade, steps } = toGrade(categories);
    const score = roundTo(clamp(Math.min(total, barred.cap), min, max), decimals);
    const rating = barred.rating ?? rate(score, previousRating);
    return { score, rating, grade, steps, categories };
  };
}
