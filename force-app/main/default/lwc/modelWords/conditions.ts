import type { Comparison, Condition, RelatedTest } from 'c/scoringCore';
import LOCALE from '@salesforce/i18n/locale';
import { formatLabel } from 'c/formatLabel';
import { durationInWords } from './durations';
import eq from '@salesforce/label/c.Operator_Eq';
import ne from '@salesforce/label/c.Operator_Ne';
import lt from '@salesforce/label/c.Operator_Lt';
import lte from '@salesforce/label/c.Operator_Lte';
import gt from '@salesforce/label/c.Operator_Gt';
import gte from '@salesforce/label/c.Operator_Gte';
import isIn from '@salesforce/label/c.Operator_In';
import notIn from '@salesforce/label/c.Operator_Not_In';
import contains from '@salesforce/label/c.Operator_Contains';
import notContains from '@salesforce/label/c.Operator_Not_Contains';
import startsWith from '@salesforce/label/c.Operator_Starts_With';
import endsWith from '@salesforce/label/c.Operator_Ends_With';
import like from '@salesforce/label/c.Operator_Like';
import blank from '@salesforce/label/c.Operator_Blank';
import notBlank from '@salesforce/label/c.Operator_Not_Blank';
import includes from '@salesforce/label/c.Operator_Includes';
import excludes from '@salesforce/label/c.Operator_Excludes';
import withinLast from '@salesforce/label/c.Operator_Within_Last';
import olderThan from '@salesforce/label/c.Operator_Older_Than';
import withinNext from '@salesforce/label/c.Operator_Within_Next';
import and from '@salesforce/label/c.Words_And';
import or from '@salesforce/label/c.Words_Or';
import not from '@salesforce/label/c.Words_Not';
import always from '@salesforce/label/c.Words_Always';
import never from '@salesforce/label/c.Words_Never';
import quoted from '@salesforce/label/c.Words_Quoted';
import yes from '@salesforce/label/c.Words_Yes';
import no from '@salesforce/label/c.Words_No';
import countOf from '@salesforce/label/c.Words_Count_Of';
import sumOf from '@salesforce/label/c.Words_Sum_Of';
import minOf from '@salesforce/label/c.Words_Min_Of';
import maxOf from '@salesforce/label/c.Words_Max_Of';
import where from '@salesforce/label/c.Words_Where';

/** What a comparison says, between the field and the value. */
export const OPERATORS: Record<Comparison['op'], string> = {
  ...{ eq, ne, lt, lte, gt, gte, in: isIn, notIn, contains, notContains, startsWith, endsWith, like },
  ...{ blank, notBlank, includes, excludes, withinLast, olderThan, withinNext },
};

const AGGREGATES: Record<RelatedTest['aggregate'], string> = { count: countOf, sum: sumOf, min: minOf, max: maxOf };
const SPANS = new Set<Comparison['op']>(['withinLast', 'olderThan', 'withinNext']);
const numbers = new Intl.NumberFormat(LOCALE);
const alternatives = new Intl.ListFormat(LOCALE, { type: 'disjunction' });

/** A condition as a part of a sentence: `Title contains "VP" and Account.Industry is "Technology"`. */
export function conditionInWords(condition: Condition): string {
  if ('all' in condition) return joined(condition.all, and, always);
  if ('any' in condition) return joined(condition.any, or, never);
  if ('not' in condition) return formatLabel(not, bracketed(condition.not));
  if (!('related' in condition)) return `${condition.field} ${comparisonInWords(condition)}`;
  const { related, aggregate, field = '', where: rows } = condition;
  const what = formatLabel(AGGREGATES[aggregate], related, field);
  return `${what}${rows ? ` ${formatLabel(where, bracketed(rows))}` : ''} ${comparisonInWords(condition)}`;
}

function joined(parts: readonly Condition[], word: string, none: string): string {
  const [only] = parts;
  if (!only) return none;
  return parts.length === 1 ? conditionInWords(only) : parts.map(bracketed).join(` ${word} `);
}

const bracketed = (condition: Condition): string =>
  'all' in condition || 'any' in condition ? `(${conditionInWords(condition)})` : conditionInWords(condition);

function comparisonInWords(comparison: Comparison): string {
  const words = OPERATORS[comparison.op];
  if (!('value' in comparison)) return words;
  return `${words} ${SPANS.has(comparison.op) ? durationInWords(String(comparison.value)) : valueInWords(comparison.value)}`;
}

function valueInWords(value: unknown): string {
  if (Array.isArray(value)) return alternatives.format(value.map(valueInWords));
  if (typeof value === 'boolean') return value ? yes : no;
  if (typeof value === 'number') return numbers.format(value);
  return value === null ? blank : formatLabel(quoted, value as string);
}
