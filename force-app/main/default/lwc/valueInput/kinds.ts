import type { Comparison } from 'c/scoringCore';

type Operator = Comparison['op'];

export type ValueKind = 'none' | 'list' | 'duration' | 'flag' | 'number' | 'date' | 'instant' | 'text';

const NUMBERS = ['Double', 'Currency', 'Percent', 'Int', 'Long'];
const DATES = ['Date', 'DateTime'];

const PRESENCE: Operator[] = ['blank', 'notBlank'];
const EQUALITY: Operator[] = ['eq', 'ne'];
const MEMBERSHIP: Operator[] = ['in', 'notIn'];
const ORDER: Operator[] = ['lt', 'lte', 'gt', 'gte'];
const WORDING: Operator[] = ['contains', 'notContains', 'startsWith', 'endsWith', 'like'];
const SPANS: Operator[] = ['withinLast', 'olderThan', 'withinNext'];
const SELECTION: Operator[] = ['includes', 'excludes'];

/** The comparisons that make sense for a type of field; all for one that is not known. */
export function operatorsFor(dataType: string | undefined): Operator[] {
  if (dataType === undefined) return [...EQUALITY, ...MEMBERSHIP, ...WORDING, ...ORDER, ...SPANS, ...PRESENCE];
  if (dataType === 'Boolean') return ['eq'];
  if (dataType === 'MultiPicklist') return [...SELECTION, ...PRESENCE];
  if (NUMBERS.includes(dataType)) return [...EQUALITY, ...ORDER, ...MEMBERSHIP, ...PRESENCE];
  if (DATES.includes(dataType)) return [...SPANS, ...ORDER, 'eq', ...PRESENCE];
  if (dataType === 'Reference') return [...EQUALITY, ...MEMBERSHIP, ...PRESENCE];
  return [...EQUALITY, ...MEMBERSHIP, ...WORDING, ...PRESENCE];
}

/** What a comparison compares with; where the field's type is not known, the value that is there tells. */
export function valueKindOf(op: Operator, dataType: string | undefined, value: unknown): ValueKind {
  if (PRESENCE.includes(op)) return 'none';
  if (SPANS.includes(op)) return 'duration';
  if (MEMBERSHIP.includes(op) || SELECTION.includes(op)) return 'list';
  if (dataType === 'Boolean' || (dataType === undefined && typeof value === 'boolean')) return 'flag';
  if (dataType === 'Date') return 'date';
  if (dataType === 'DateTime') return 'instant';
  const isNumber = NUMBERS.includes(dataType ?? '') || (dataType === undefined && typeof value === 'number');
  return isNumber ? 'number' : 'text';
}
