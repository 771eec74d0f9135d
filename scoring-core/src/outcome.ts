/** Section 4: from contributions and failed gates to score, rating and grade. */
import { compileCategories } from './category.ts';
import type { Barred } from './gate.ts';
import { compileGrades } from './grade.ts';
import { clamp, limitOf, roundTo } from './points.ts';
import type { Model } from './schema/model.ts';
import { compileThresholds } from './threshold.ts';

export interface Outcome {
  /** Rounded to the model's decimals, in hundredths. */
  readonly score: number;
  readonly rating: string | null;
  /** The steps of the grade, as one number. */
  readonly steps: number;
}

export interface Outcomes {
  /**
   * What contributions and the gates that are not met come to. More points never lower the score, the rating's level or a
   * category's step in the grade; next-change.ts relies on that.
   *
   * @param facts what rules that time does not move come to: the sums of the categories, then of all others, in hundredths
   * @param awarded the sums of the awards of all other rules, in hundredths, before each one's `max`
   */
  readonly conclude: (
    facts: Float64Array,
    awarded: Float64Array,
    barred: Barred,
    previousRating: string | null | undefined,
  ) => Outcome;
  /** The limited sums of the last outcome, in hundredths. */
  readonly sums: Float64Array;
  readonly gradeOf: (steps: number) => string | null;
}

/** @param places the place among `sums` of each rule that time moves, and `maxima` of what it contributes at most */
export function compileOutcomes(model: Model, places: readonly number[], maxima: readonly number[]): Outcomes {
  const { range = {}, decimals = 0, thresholds = [], categories = [] } = model;
  const limit = compileCategories(categories);
  const rate = compileThresholds(thresholds);
  const { stepsOf, gradeOf } = compileGrades(model);
  const min = limitOf(range.min, -Infinity);
  const max = limitOf(range.max, Infinity);
  const sums = new Float64Array(categories.length + 1);

  return {
    sums,
    gradeOf,
    conclude(facts, awarded, barred, previousRating) {
      for (let place = 0; place < sums.length; place++) sums[place] = facts[place]!;
      for (let row = 0; row < places.length; row++) {
        sums[places[row]!]! += clamp(awarded[row]!, -maxima[row]!, maxima[row]!);
      }
      const total = limit(sums);
      const score = roundTo(clamp(Math.min(total, barred.cap), min, max), decimals);
      return { score, rating: barred.rating ?? rate(score, previousRating), steps: stepsOf(sums) };
    },
  };
}
