/** Section 4: the sums of categories, held within their limits, and their total. All in hundredths. */
import { clamp, hundredths } from './points.ts';
import type { Model } from './schema/model.ts';
import type { Rule } from './schema/rule.ts';

export interface Sums {
  /** In the order of the model's categories. */
  readonly categories: readonly number[];
  readonly total: number;
}

/** Sums the contributions of `rules`, given in the same order. */
export function compileCategories(
  { categories = [] }: Pick<Model, 'categories'>,
  rules: readonly Pick<Rule, 'category'>[],
): (contributions: readonly number[]) => Sums {
  const limits = categories.map(({ min, max }) => ({ min: limit(min, -Infinity), max: limit(max, Infinity) }));
  const none = categories.length;
  const slots = rules.map(({ category }) =>
    category === undefined ? none : categories.findIndex(({ key }) => key === category),
  );

  return (contributions) => {
    const sums = new Array<number>(none + 1).fill(0);
    for (const [index, contribution] of contributions.entries()) sums[slots[index]!]! += contribution;
    const limited = limits.map(({ min, max }, index) => clamp(sums[index]!, min, max));
    return { categories: limited, total: limited.reduce((total, sum) => total + sum, sums[none]!) };
  };
}

export function limit(points: number | undefined, otherwise: number): number {
  return points === undefined ? otherwise : hundredths(points);
}
