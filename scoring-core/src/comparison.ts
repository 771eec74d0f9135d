/** Section 3.3: the operators of field tests and related-rows tests. */
import { parseInstant } from './instant.ts';
import { span } from './duration.ts';
import { isBlank } from './path.ts';
import type { Comparison } from './schema/condition.ts';

/** Whether something holds of a value. Only what has `turns` depends on the instant. */
export interface Test {
  readonly holds: (subject: unknown, at: number) => boolean;
  /** Adds the instants at which `holds` may change for this subject. */
  readonly turns?: ((subject: unknown, into: number[]) => void) | undefined;
}

type Check = (value: unknown) => boolean;

const timeless = (check: Check): Test => ({ holds: check });

/** The operators that hold wherever the other one does not. */
export const opposites: Partial<Record<Comparison['op'], Comparison['op']>> = {
  ...{ ne: 'eq', notIn: 'in', notContains: 'contains', notBlank: 'blank', excludes: 'includes' },
};

export function compileComparison(comparison: Comparison): Test {
  switch (comparison.op) {
    case 'eq':
      return timeless(equals(comparison.value));
    case 'lt':
      return ordered(comparison.value, (difference) => difference < 0);
    case 'lte':
      return ordered(comparison.value, (difference) => difference <= 0);
    case 'gt':
      return ordered(comparison.value, (difference) => difference > 0);
    case 'gte':
      return ordered(comparison.value, (difference) => difference >= 0);
    case 'in':
      return timeless(isIn(comparison.value));
    case 'contains':
      return timeless(wording(comparison.value, (text, part) => text.includes(part)));
    case 'startsWith':
      return timeless(wording(comparison.value, (text, part) => text.startsWith(part)));
    case 'endsWith':
      return timeless(wording(comparison.value, (text, part) => text.endsWith(part)));
    case 'like':
      return timeless(wording(comparison.value, matchesPattern));
    case 'blank':
      return timeless(isBlank);
    case 'includes':
      return timeless(includes(comparison.value));
    case 'withinLast':
      return dated(0, span(comparison.value));
    case 'olderThan':
      return dated(span(comparison.value), Infinity);
    case 'withinNext':
      return dated(-span(comparison.value), 0);
    case 'ne':
    case 'notIn':
    case 'notContains':
    case 'notBlank':
    case 'excludes': {
      const { holds } = compileComparison({ ...comparison, op: opposites[comparison.op] } as Comparison);
      return timeless((value) => !holds(value, 0));
    }
  }
}

let lastText = '';
let lastLower = '';

/** The tests of one text mostly follow one another. */
function lowerCase(text: string): string {
  if (text !== lastText) {
    lastText = text;
    lastLower = text.toLowerCase();
  }
  return lastLower;
}

function equals(expected: string | number | boolean | null): Check {
  if (expected === null) return isBlank;
  if (typeof expected !== 'string') return (value) => value === expected;
  const text = expected.toLowerCase();
  const instant = parseInstant(expected);
  return (value) =>
    typeof value === 'string' &&
    (value === expected || lowerCase(value) === text || (instant !== undefined && parseInstant(value) === instant));
}

function isIn(values: readonly (string | number | boolean | null)[]): Check {
  const checks = values.map(equals);
  return (value) => checks.some((check) => check(value));
}

/** Compares two numbers or two dates by their difference; all else is NaN, of which no comparison holds. */
function ordered(expected: string | number, accepts: (difference: number) => boolean): Test {
  if (typeof expected === 'number') return timeless((value) => typeof value === 'number' && accepts(value - expected));
  const instant = parseInstant(expected) ?? Number.NaN;
  return timeless((value) => accepts((parseInstant(value) ?? Number.NaN) - instant));
}

function wording(expected: string, accepts: (text: string, expected: string) => boolean): Check {
  const lower = expected.toLowerCase();
  return (value) => typeof value === 'string' && value !== '' && accepts(lowerCase(value), lower);
}

/** Whether a whole text fits a pattern of `*` and `?`, in time that is at most length times length. */
function matchesPattern(text: string, pattern: string): boolean {
  let [position, step] = [0, 0];
  let [star, resume] = [-1, 0];
  while (position < text.length) {
    if (pattern[step] === '*') {
      star = step++;
      resume = position;
    } else if (pattern[step] === '?' || pattern[step] === text[position]) {
      step++;
      position++;
    } else if (star >= 0) {
      step = star + 1;
      position = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[step] === '*') step++;
  return step === pattern.length;
}

function includes(values: readonly string[]): Check {
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  return (value) =>
    typeof value === 'string' &&
    value !== '' &&
    lowerCase(value)
      .split(';')
      .some((part) => wanted.has(part));
}

/** Holds for a date d while `d + from <= at < d + until`. */
function dated(from: number, until: number): Test {
  return {
    holds(value, at) {
      const date = parseInstant(value);
      return date !== undefined && date + from <= at && at < date + until;
    },
    turns(value, into) {
      const date = parseInstant(value);
      if (date !== undefined) into.push(date + from, date + until);
    },
  };
}
