import type { Result } from './result.ts';
import type { Model } from './schema/model.ts';

export type Reason = { rule: string; name: string; points: number; awards: number };

/**
 * What a rep reads first: the contributions with their rules' names, the largest points of either sign first, equal ones
 * in the model's order. `limit` is how many; all by default.
 *
 * @example reasons(model, result, 3).map(({ name, points }) => `${name}: ${points}`)
 */
export function reasons(model: Model, result: Result, limit = Infinity): Reason[] {
  const names = new Map(model.rules.map(({ key, name }) => [key, name]));
  return result.contributions
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .slice(0, limit)
    .map(({ rule, points, awards }) => ({ rule, name: names.get(rule) ?? rule, points, awards }));
}
