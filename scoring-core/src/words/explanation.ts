import type { Explanation } from '../explain/explain.ts';
import type { Goal, Step } from '../explain/nearest.ts';
import { conditionInWords, counted, valueInWords } from './condition.ts';

/**
 * An explanation in English, a sentence or a line for each thing that a rep should know, the most important first. Days
 * are those of UTC.
 */
export function explanationInWords({ reasons, adjustments, ahead, next, blocks, goal }: Explanation): string[] {
  return [
    ...reasons.map(({ points, name, awards, last }) => {
      const notes = [...(awards > 1 ? [`${awards} times`] : []), ...(last ? [`last on ${day(last)}`] : [])];
      return `${signed(points)} ${name}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
    }),
    ...adjustments.map(({ kind, name, points }) => `${signed(points)} ${adjustmentNames[kind]}${name && ` "${name}"`}`),
    ...blocks.map(({ name, cap, rating, missing, opensAt }) => {
      const until = opensAt ? ` until ${day(opensAt)}` : '';
      const effect =
        rating === null ? `the score is at most ${cap}` : `the rating is ${rating}, the score at most ${cap}`;
      return `"${name}" is not met, so ${effect}${until}. Missing: ${missing.map(missingInWords).join('; ')}.`;
    }),
    ...(goal ? [goalInWords(goal)] : []),
    ...ahead.map(({ name, at, points }) => `On ${day(at)} "${name}" brings ${signed(points)}.`),
    ...(next ? [`On ${day(next.at)} the score becomes ${outcomeInWords(next)}.`] : []),
  ];
}

const day = (at: string) => at.slice(0, 10);
const signed = (points: number) => (points < 0 ? String(points) : `+${points}`);

const adjustmentNames = {
  category: 'held within the limits of',
  gate: 'held back by the gate',
  range: 'held within the range of the score',
  rounding: 'rounded',
};

function missingInWords({ condition, found }: Explanation['blocks'][number]['missing'][number]): string {
  return `${conditionInWords(condition)}${found === undefined ? '' : ` (now ${valueInWords(found)})`}`;
}

function goalInWords({ rating, short, ways }: Goal): string {
  const distance = short > 0 ? `${counted(short, 'point')} short of ${rating}` : `Not ${rating} yet`;
  if (ways.length === 0) return `${distance}.`;
  return `${distance}: ${ways.map(({ steps }) => steps.map(stepInWords).join(' with ')).join(', or ')} would do it.`;
}

function outcomeInWords({ score, rating, grade }: NonNullable<Explanation['next']>): string {
  return [String(score), rating ?? 'without a rating', ...(grade === null ? [] : [`graded ${grade}`])].join(', ');
}

const numbers = ['', 'one', 'two', 'three', 'four', 'five'];

function stepInWords(step: Step): string {
  if (step.kind === 'engagement') return `${numbers[step.times] ?? step.times} more "${step.name}"`;
  if (step.kind === 'rule' && !step.applies) return `no longer "${step.name}"`;
  return `"${step.name}"${step.kind === 'gate' ? ' met' : ''}`;
}
