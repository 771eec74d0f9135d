import { parseModel, type Model } from 'c/scoringCore';
import { modelReach } from 'c/scoringAdvice';

/** A threshold on the ruler. */
export interface Mark {
  key: string;
  rating: string;
  min: number;
  style: string;
}

/** Where each threshold stands between the lowest and the highest score, in hundredths of the width. */
export function marksOf(draft: Model): Mark[] {
  const thresholds = (draft.thresholds ?? []).filter(({ min }) => Number.isFinite(min));
  if (thresholds.length === 0) return [];
  const [low, high] = endsOf(draft, Math.max(...thresholds.map(({ min }) => min)));
  return thresholds.map(({ rating, min }, index) => {
    const share = high > low ? ((min - low) / (high - low)) * 100 : 50;
    return { key: `${index}`, rating, min, style: `left: ${Math.min(100, Math.max(0, share)).toFixed(2)}%` };
  });
}

/** From 0 or below to the highest score, or a little beyond the last threshold where there is none. */
function endsOf(draft: Model, last: number): [low: number, high: number] {
  const parsed = parseModel(draft);
  const { low, high } = parsed.ok ? modelReach(parsed.model).score : { low: 0, high: Infinity };
  const bottom = Number.isFinite(low) ? Math.min(0, low / 100) : 0;
  return [bottom, Number.isFinite(high) ? Math.max(high / 100, last) : last * 1.25];
}
