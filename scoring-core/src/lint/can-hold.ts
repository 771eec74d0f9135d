/**
 * Whether a condition can hold at all. Brought into alternatives of tests that must hold together, it cannot if every
 * alternative asks two things of one value that exclude each other. Where that is not certain it can.
 */
import { canonicalText } from '../canonical.ts';
import { compileComparison, opposites } from '../comparison.ts';
import { span } from '../duration.ts';
import { parseInstant } from '../instant.ts';
import type { Comparison, Condition, FieldTest, RelatedTest } from '../schema/condition.ts';

/** What must hold of one value: of a field, or of an aggregate over related rows. */
interface Demand {
  readonly of: string;
  readonly test: Comparison;
}

/** More alternatives than this are not looked at. */
const MOST = 256;

/** @example canHold({ all: [{ field: 'A', op: 'eq', value: 1 }, { field: 'A', op: 'gt', value: 5 }] }) === false */
export function canHold(condition: Condition): boolean {
  return alternatives(condition, true)?.some(isPossible) ?? true;
}

/** What must hold so that the condition does (or, unless `wanted`, does not); `undefined` if there are too many ways. */
function alternatives(condition: Condition, wanted: boolean): Demand[][] | undefined {
  if ('not' in condition) return alternatives(condition.not, !wanted);
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : undefined;
  if (!parts) return [demands(condition as FieldTest | RelatedTest, wanted)];
  const each = parts.map((part) => alternatives(part, wanted));
  const combine = 'all' in condition === wanted ? together : eitherOf;
  return each.reduce(combine, combine === together ? [[]] : []);
}

function together(left?: Demand[][], right?: Demand[][]): Demand[][] | undefined {
  if (!left || !right || left.length * right.length > MOST) return undefined;
  return left.flatMap((a) => right.map((b) => [...a, ...b]));
}

function eitherOf(left?: Demand[][], right?: Demand[][]): Demand[][] | undefined {
  return left && right && [...left, ...right];
}

/** Both ways: what is equal is not different, and the other way around. */
const contraries = new Map(Object.entries(opposites).flatMap(([a, b]) => [[a, b] as const, [b, a] as const]));

/** Not below 5 may be 5, 6 or blank: where no operator says the opposite, nothing is demanded. */
function demands(test: FieldTest | RelatedTest, wanted: boolean): Demand[] {
  const of = 'related' in test ? canonicalText({ ...test, op: '', value: '' }) : test.field;
  const op = wanted ? test.op : contraries.get(test.op);
  return op ? [{ of, test: { ...test, op } as Comparison }] : [];
}

function isPossible(demands: readonly Demand[]): boolean {
  return demands.every((a) => demands.every((b) => a.of !== b.of || !exclude(a.test, b.test)));
}

/** A test excludes itself where nothing satisfies it. */
function exclude(a: Comparison, b: Comparison): boolean {
  const values = onlyValues(a);
  if (values) return values.every((value) => neverHolds(b, value));
  if (kindOf(a) && kindOf(b) && kindOf(a) !== kindOf(b)) return true;
  const [left, right] = [stretchOf(a), stretchOf(b)];
  if (left && right && left.of === right.of) {
    const [from, to] = [Math.max(left.from, right.from), Math.min(left.to, right.to)];
    return !(from < to || (from === to && left.closed && right.closed));
  }
  return wordingsExclude(a, b);
}

/** All the values that satisfy a test, where they can be listed. */
function onlyValues(test: Comparison): readonly unknown[] | undefined {
  if (test.op === 'eq') return [test.value];
  if (test.op === 'in') return test.value;
  if (test.op === 'blank') return [null];
  return test.op === 'includes' && test.value.length === 0 ? [] : undefined;
}

function neverHolds(test: Comparison, value: unknown): boolean {
  const isWording = wordings.includes(test.op) || test.op === 'notContains';
  if (isWording && parseInstant(value) !== undefined) return false; // a date can be spelled otherwise
  const { holds, turns } = compileComparison(test);
  const instants: number[] = [];
  turns?.(value, instants);
  return instants.length === 0 && !holds(value, 0);
}

const wordings: readonly string[] = ['contains', 'startsWith', 'endsWith', 'like'];

/** The type of value without which a test cannot hold. */
function kindOf(test: Comparison): string | undefined {
  const { op } = test;
  if (op === 'lt' || op === 'lte' || op === 'gt' || op === 'gte') return typeof test.value;
  const texts = [...wordings, 'includes', 'withinLast', 'olderThan', 'withinNext'];
  return texts.includes(op) ? 'string' : undefined;
}

/** From where to where a value may lie, or how long ago a date; `closed` if the ends belong to it. */
function stretchOf(test: Comparison): { of: 'value' | 'age'; from: number; to: number; closed: boolean } | undefined {
  const size = (value: unknown) => (typeof value === 'number' ? value : (parseInstant(value) ?? Number.NaN));
  const { op } = test;
  if (op === 'lt' || op === 'lte') return { of: 'value', from: -Infinity, to: size(test.value), closed: op === 'lte' };
  if (op === 'gt' || op === 'gte') return { of: 'value', from: size(test.value), to: Infinity, closed: op === 'gte' };
  if (op === 'withinLast') return { of: 'age', from: 0, to: span(test.value), closed: false };
  if (op === 'olderThan') return { of: 'age', from: span(test.value), to: Infinity, closed: false };
  if (op === 'withinNext') return { of: 'age', from: -span(test.value), to: 0, closed: false };
  return undefined;
}

function wordingsExclude(a: Comparison, b: Comparison): boolean {
  if (a.op === 'includes' && b.op === 'excludes') {
    const barred = new Set(b.value.map((value) => value.toLowerCase()));
    return a.value.every((value) => barred.has(value.toLowerCase()));
  }
  const [text, other] = [wordingOf(a), wordingOf(b)];
  if (text === undefined || other === undefined) return false;
  if (a.op === 'startsWith' && b.op === 'startsWith') return !text.startsWith(other) && !other.startsWith(text);
  if (a.op === 'endsWith' && b.op === 'endsWith') return !text.endsWith(other) && !other.endsWith(text);
  return wordings.includes(a.op) && a.op !== 'like' && b.op === 'notContains' && text.includes(other);
}

function wordingOf(test: Comparison): string | undefined {
  return 'value' in test && typeof test.value === 'string' ? test.value.toLowerCase() : undefined;
}
