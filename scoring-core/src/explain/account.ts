/** What stands between the sum of the contributions and the score. */
import { hundredths, roundTo, toPoints } from '../points.ts';
import type { Result } from '../result.ts';
import type { Model } from '../schema/model.ts';

export type Adjustment = {
  kind: 'category' | 'gate' | 'range' | 'rounding';
  /** Of the category or the gate, else ''. */
  key: string;
  name: string;
  /** What it adds (above 0) or takes. */
  points: number;
};

/** In the order of work (section 4). The contributions and these points add up to the score exactly. */
export function adjustments(model: Model, { contributions, categories, failedGates }: Result): Adjustment[] {
  const { gates = [], range: { min = -Infinity, max = Infinity } = {}, decimals = 0 } = model;
  const categoryOf = new Map(model.rules.map(({ key, category }) => [key, category]));
  const sumOf = (category: string | undefined) =>
    contributions
      .filter(({ rule }) => categoryOf.get(rule) === category)
      .reduce((sum, { points }) => sum + hundredths(points), 0);

  const found: Adjustment[] = [];
  let total = sumOf(undefined);
  const adjust = (kind: Adjustment['kind'], to: number, { key, name } = { key: '', name: '' }) => {
    if (to !== total) found.push({ kind, key, name, points: toPoints(to - total) });
    total = to;
  };
  for (const category of model.categories ?? []) {
    total += sumOf(category.key);
    adjust('category', total - sumOf(category.key) + hundredths(categories[category.key]!), category);
  }
  const lowest = gates.filter(({ key }) => failedGates.includes(key)).sort((a, b) => a.cap - b.cap)[0];
  if (lowest) adjust('gate', Math.min(total, hundredths(lowest.cap)), lowest);
  adjust('range', Math.max(hundredths(min), Math.min(hundredths(max), total)));
  adjust('rounding', roundTo(total, decimals));
  return found;
}
