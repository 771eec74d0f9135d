import type { Change, PropertyChange } from '../diff/diff.ts';
import { parseDuration } from '../duration.ts';
import { isObject, type Json } from '../path.ts';
import type { Condition } from '../schema/condition.ts';
import { conditionInWords, counted, durationInWords, valueInWords } from './condition.ts';

/**
 * A sentence for each change, in English.
 *
 * @example changesInWords(diff(before, after)) // ['The rule "Is a VP": points from 15 to 20.']
 */
export function changesInWords(changes: readonly Change[]): string[] {
  return changes.map((change) => {
    const what = `The ${change.part} "${change.name}"`;
    switch (change.kind) {
      case 'added':
        return `${what} is new${summary(change.to)}.`;
      case 'removed':
        return `${what} is gone${summary(change.from)}.`;
      case 'renamed':
        return change.from.name === change.name
          ? `${what} has another key: ${change.key}, before ${change.from.key}.`
          : `${what} was called "${change.from.name}" before.`;
      case 'changed':
        return `${what}: ${change.properties.map(propertyInWords).join('; ')}.`;
      case 'reordered':
        return `The ${plural(change.part)} are in another order: ${change.to.join(', ')}.`;
    }
  });
}

function summary({ points, when, where, min, cap }: Json): string {
  const condition = when ?? where;
  const facts = [
    typeof points === 'number' ? counted(points, 'point') : '',
    typeof min === 'number' ? `from ${min}` : '',
    typeof cap === 'number' ? `a cap of ${cap}` : '',
    condition ? `if ${conditionInWords(condition as Condition)}` : '',
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? '' : `: ${facts.join(', ')}`;
}

const propertyInWords = ({ property, from, to }: PropertyChange): string =>
  `${titles[property] ?? property} from ${settingInWords(property, from)} to ${settingInWords(property, to)}`;

const titles: Record<string, string> = {
  ...{ when: 'condition', where: 'condition', expires: 'expiry', leaveBelow: 'left below', pointsFrom: 'points from' },
  ...{ 'range.min': 'lowest score', 'range.max': 'highest score', types: 'engagements' },
};

const durations = ['expires', 'within', 'after', 'every'];

function settingInWords(property: string, value: unknown): string {
  if (value === undefined) return 'none';
  if (property === 'when' || property === 'where') return `(${conditionInWords(value as Condition)})`;
  if (typeof value === 'string') return durations.includes(property) ? durationInWords(value) : value;
  if (Array.isArray(value)) return value.map((item) => settingInWords('', item)).join(', ') || 'none';
  if (!isObject(value)) return valueInWords(value);
  // A decay, a limit, an award or a step: small objects whose names say what they mean.
  return Object.entries(value)
    .map(([name, part]) => {
      const words = typeof part === 'string' && parseDuration(part) ? durationInWords(part) : String(part);
      return name === 'kind' || name === 'label' ? words : `${name} ${words}`;
    })
    .join(' ');
}

const plural = (part: string) => (part === 'category' ? 'categories' : `${part}s`);
