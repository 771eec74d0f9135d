/** Section 4: from what rules contribute to the sums of categories and their total, each held within its limits. */
import { clamp, limitOf } from './points.ts';
import type { Model } from './schema/model.ts';
import type { Rule } from './schema/rule.ts';

/** In hundredths. */
export interface Sums {
  /** In the order of the model's categories; the next sums take their place. */
  readonly categories: readonly number[];
  readonly total: number;
}

/** Takes what each rule contributes, in the order of `rules`. */
export function compileCategories(
  { categories = [] }: Pick<Model, 'categories'>,
  rules: readonly Pick<Rule, 'category'>[],
): (contributions: readonly number[]) => Sums {
  const minima = categories.map(({ min }) => limitOf(min, -Infinity));
  const maxima = categories.map(({ max }) => limitOf(max, Infinity));
  const none = categories.length;
  const slots = rules.map(({ category }) =>
    category === undefined ? none : categories.findIndex(({ key }) => key === category),
  );
  const sums = new Array<number>(none + 1).fill(0);

  return (contributions) => {
    sums.fill(0);
    for (let rule = 0; rule < slots.length; rule++) sums[slots[rule]!]! += contributions[rule]!;
    let total = sums[none]!;
    for (let slot = 0; slot < none; slot++) total += sums[slot] = clamp(sums[slot]!, minima[slot]!, maxima[slot]!);
    return { categories: sums, total };
  };
}
