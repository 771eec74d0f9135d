import type { Model, Result, Rule } from '../../../scoring-core/src/index.ts';

/** How many rules are named. */
const OFFERS = 3;

export interface Goal {
  rating: string;
  /** Points from the score to where the rating begins. */
  short: number;
  /** Rules that have given nothing yet, and the most that one award of each could add to its category. */
  offers: { name: string; points: number }[];
}

/** What is missing for the rating above; null at the highest, or if the model has no thresholds. */
export function goalOf(model: Model, result: Result): Goal | null {
  const { thresholds = [] } = model;
  const goal = thresholds[thresholds.findIndex(({ rating }) => rating === result.rating) + 1];
  if (!goal) return null;
  const offers = model.rules
    .map((rule) => ({ name: rule.name, points: offered(rule, model, result) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, OFFERS);
  return { rating: goal.rating, short: hundredths(Math.max(0, goal.min - result.score)), offers };
}

function offered(rule: Rule, { categories = [] }: Model, result: Result): number {
  if (rule.enabled === false || rule.kind === 'inactivity') return 0;
  if (rule.kind === 'engagement' && rule.pointsFrom !== undefined) return 0;
  if (result.contributions.some((contribution) => contribution.rule === rule.key)) return 0;
  const { max = Infinity } = categories.find(({ key }) => key === rule.category) ?? {};
  const room = max - (result.categories[rule.category ?? ''] ?? 0);
  return hundredths(Math.min(rule.points, room));
}

const hundredths = (points: number): number => Math.round(points * 100) / 100;
