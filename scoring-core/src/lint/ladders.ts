/** Categories, gates, thresholds and grades beside what the rules can reach. */
import { clamp, hundredths, limitOf, toPoints } from '../points.ts';
import type { Model } from '../schema/model.ts';
import { canHold } from './can-hold.ts';
import type { Warn } from './lint.ts';
import type { ModelReach } from './reach.ts';

export function lintCategories({ categories = [], rules }: Model, reach: ModelReach, warn: Warn): void {
  for (const [index, { key, name, min, max }] of categories.entries()) {
    const place = ['categories', index];
    const { low, high } = reach.categories[index]!.sum;
    if (!rules.some(({ category, enabled }) => category === key && enabled !== false)) {
      warn('category-unused', place, `No enabled rule belongs to "${name}".`);
    } else if (low >= limitOf(max, Infinity)) {
      warn('category-constant', [...place, 'max'], `"${name}" is always ${max}, its max; its rules have no effect.`);
    } else if (high <= limitOf(min, -Infinity)) {
      warn('category-constant', [...place, 'min'], `"${name}" is always ${min}, its min; its rules have no effect.`);
    }
  }
}

export function lintGates({ gates = [] }: Model, { score }: ModelReach, warn: Warn): void {
  for (const [index, { name, when, cap, rating }] of gates.entries()) {
    const place = ['gates', index];
    if (!canHold(when)) {
      const message = `"${name}" can never be met: its condition asks for things that exclude each other.`;
      warn('gate-never-open', [...place, 'when'], message);
    } else if (!canHold({ not: when })) {
      warn('gate-never-blocks', [...place, 'when'], `"${name}" is always met: its condition holds for every record.`);
    } else if (rating === undefined && hundredths(cap) >= score.high) {
      const message = `"${name}" holds nothing back: its cap is ${cap}, and no score passes ${toPoints(score.high)} anyway.`;
      warn('gate-never-blocks', [...place, 'cap'], message);
    }
  }
}

export function lintThresholds(model: Model, { score }: ModelReach, warn: Warn): void {
  const { thresholds = [], gates = [], range = {} } = model;
  const caps = gates.map(({ cap }) => hundredths(cap));
  const lowest = clamp(Math.min(score.low, ...caps), limitOf(range.min, -Infinity), limitOf(range.max, Infinity));
  for (const [index, { rating, min, leaveBelow }] of thresholds.entries()) {
    const place = ['thresholds', index];
    const next = thresholds[index + 1];
    if (hundredths(min) > score.high) {
      const message = `No score reaches ${min}, so nothing is ever "${rating}"; the highest score is ${toPoints(score.high)}.`;
      warn('threshold-unreachable', [...place, 'min'], message);
    } else if (next && hundredths(next.min) <= lowest) {
      const message = `Nothing is ever "${rating}": no score is below ${next.min}, where "${next.rating}" begins.`;
      warn('threshold-passed-over', place, message);
    } else if (leaveBelow !== undefined && leaveBelow < min && hundredths(leaveBelow) <= lowest) {
      const message = `What is "${rating}" once stays so: no score falls below ${leaveBelow}.`;
      warn('threshold-never-left', [...place, 'leaveBelow'], message);
    }
  }
}

export function lintGrades({ grades = [], categories = [] }: Model, reach: ModelReach, warn: Warn): void {
  for (const [index, { category, steps }] of grades.entries()) {
    const slot = categories.findIndex(({ key }) => key === category);
    const { low, high } = reach.categories[slot]!.limited;
    for (const [step, { label, min }] of steps.entries()) {
      const above = steps[step - 1]?.min;
      const tooHigh = min !== undefined && hundredths(min) > high;
      const tooLow = above !== undefined && hundredths(above) <= low;
      if (!tooHigh && !tooLow) continue;
      const ends = tooHigh ? `more than ${toPoints(high)}` : `less than ${toPoints(low)}`;
      const message = `Nothing is ever graded "${label}": "${categories[slot]!.name}" never has ${ends} points.`;
      warn('step-unreachable', ['grades', index, 'steps', step], message);
    }
  }
}
