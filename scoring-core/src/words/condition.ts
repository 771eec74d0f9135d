/** Conditions, durations and values as an admin would say them, in English. */
import { parseDuration } from '../duration.ts';
import type { Comparison, Condition } from '../schema/condition.ts';

/** @example conditionInWords({ field: 'Title', op: 'contains', value: 'vp' }) === 'Title contains "vp"' */
export function conditionInWords(condition: Condition): string {
  if ('all' in condition) return joined(condition.all, 'and', 'always');
  if ('any' in condition) return joined(condition.any, 'or', 'never');
  if ('not' in condition) return `not ${bracketed(condition.not)}`;
  if (!('related' in condition)) return `${condition.field} ${comparisonInWords(condition)}`;
  const { related, aggregate, field, where } = condition;
  const what = aggregate === 'count' ? `the number of ${related}` : `the ${aggregate} of ${field} of ${related}`;
  return `${what}${where ? ` where ${bracketed(where)}` : ''} ${comparisonInWords(condition)}`;
}

function joined(parts: readonly Condition[], word: string, none: string): string {
  if (parts.length === 1) return conditionInWords(parts[0]!);
  return parts.length === 0 ? none : parts.map(bracketed).join(` ${word} `);
}

const bracketed = (condition: Condition): string =>
  'all' in condition || 'any' in condition ? `(${conditionInWords(condition)})` : conditionInWords(condition);

const phrases: Record<Comparison['op'], string> = {
  ...{ eq: 'is', ne: 'is not', lt: 'is below', lte: 'is at most', gt: 'is above', gte: 'is at least' },
  ...{ in: 'is one of', notIn: 'is none of', contains: 'contains', notContains: 'does not contain' },
  ...{ startsWith: 'begins with', endsWith: 'ends with', like: 'is like', blank: 'is blank', notBlank: 'is not blank' },
  ...{ includes: 'includes one of', excludes: 'includes none of' },
  ...{ withinLast: 'lies within the last', olderThan: 'is older than', withinNext: 'lies within the next' },
};

function comparisonInWords(comparison: Comparison): string {
  if (!('value' in comparison)) return phrases[comparison.op];
  const { op, value } = comparison;
  const isSpan = op === 'withinLast' || op === 'olderThan' || op === 'withinNext';
  return `${phrases[op]} ${isSpan ? durationInWords(value) : valueInWords(value)}`;
}

export function valueInWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueInWords).join(', ');
  return value === null ? 'blank' : JSON.stringify(value);
}

const units: readonly [milliseconds: number, name: string][] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
];

/** @example durationInWords('P3MT12H') === '3 months 12 hours' */
export function durationInWords(text: string): string {
  const { months, milliseconds } = parseDuration(text) ?? { months: 0, milliseconds: 0 };
  const counts: [number, string][] = [
    [Math.floor(months / 12), 'year'],
    [months % 12, 'month'],
    ...units.map(([size, name], index): [number, string] => [
      Math.floor((milliseconds % (units[index - 1]?.[0] ?? Infinity)) / size),
      name,
    ]),
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, name]) => counted(count, name))
    .join(' ');
}

/** @example counted(2, 'point') === '2 points' */
export function counted(count: number, name: string): string {
  return `${count} ${name}${Math.abs(count) === 1 ? '' : 's'}`;
}
