/** Section 4: the sums of categories, each held within its limits, and their total. */
import { clamp, limitOf } from './points.ts';
import type { Category } from './schema/model.ts';
import type { Rule } from './schema/rule.ts';

/** Where the points of a rule are summed up: at the place of its category, or behind all of them without one. */
export function compilePlaces(categories: readonly Category[]): (rule: Pick<Rule, 'category'>) => number {
  return ({ category }) =>
    category === undefined ? categories.length : categories.findIndex(({ key }) => key === category);
}

/** Holds sums in hundredths, in their places, within the limits of the categories, and adds them up. */
export function compileCategories(categories: readonly Category[]): (sums: Float64Array) => number {
  const minima = categories.map(({ min }) => limitOf(min, -Infinity));
  const maxima = categories.map(({ max }) => limitOf(max, Infinity));
  return (sums) => {
    let total = sums[minima.length]!;
    for (let place = 0; place < minima.length; place++) {
      total += sums[place] = clamp(sums[place]!, minima[place]!, maxima[place]!);
    }
    return total;
  };
}
