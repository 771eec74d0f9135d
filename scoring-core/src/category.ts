/** Section 4: from what rules contribute to the sums of categories and their total, each held within its limits. */
import { clamp, limitOf } from './points.ts';
import type { Model } from './schema/model.ts';
import type { Rule } from './schema/rule.ts';

/** All in hundredths. */
export interface Sums {
  /** What each rule adds, held within its `max`. */
  readonly contributions: readonly number[];
  /** In the order of the model's categories. */
  readonly categories: readonly number[];
  readonly total: number;
}

/** Takes the sum of each rule's awards, in the order of `rules`. */
export function compileCategories(
  { categories = [] }: Pick<Model, 'categories'>,
  rules: readonly Pick<Rule, 'category' | 'max'>[],
): (awarded: readonly number[]) => Sums {
  const maxima = rules.map(({ max }) => limitOf(max, Infinity));
  const limits = categories.map(({ min, max }) => ({ min: limitOf(min, -Infinity), max: limitOf(max, Infinity) }));
  const none = categories.length;
  const slots = rules.map(({ category }) =>
    category === undefined ? none : categories.findIndex(({ key }) => key === category),
  );

  return (awarded) => {
    const contributions = awarded.map((sum, rule) => clamp(sum, -maxima[rule]!, maxima[rule]!));
    const sums = new Array<number>(none + 1).fill(0);
    for (const [rule, contribution] of contributions.entries()) sums[slots[rule]!]! += contribution;
    const limited = limits.map(({ min, max }, slot) => clamp(sums[slot]!, min, max));
    return {
      contributions,
      categories: limited,
      total: limited.reduce((total, sum) => total + sum, sums[none]!),
    };
  };
}
