/**
 * What the tests of one field make of its values. A value is judged once and remembered, as most records share most of
 * their values: a picklist of eight is judged eight times, however many records there are.
 */
import { compileComparison, type Test } from './comparison.ts';
import { read } from './path.ts';
import type { Reading } from './reading.ts';
import type { FieldTest, RelatedTest } from './schema/condition.ts';

/** A bit for each alternative (alternatives.ts): 1 where the value leaves it open. */
export type Row = Int32Array;

export interface Slot extends Reading {
  /** A bit of a verdict for each. */
  readonly tests: Test['holds'][];
  /** What alternatives ask of the verdict on a value: the bits that are asked, and what they must be. */
  readonly asked: { readonly alternative: number; readonly mask: number; readonly want: number }[];
  /** By verdict, and by value. */
  readonly rows: Map<number, Row>;
  readonly known: Map<unknown, Row>;
  /** By the stretch between two of `cuts` that a number lies in, or the cut that it is. */
  readonly stretches: (Row | undefined)[];
  /** Every number that a test compares with, rising: no test tells apart numbers between the same two. */
  cuts: number[];
}

/** As many tests share a slot as a small integer has bits. */
const TESTS = 30;

/** Values that are remembered for each slot, and the longest text among them. */
const VALUES = 1024;
const LENGTH = 64;

export function createSlot({ names, aggregate }: Reading): Slot {
  return { names, aggregate, tests: [], asked: [], rows: new Map(), known: new Map(), stretches: [], cuts: [] };
}

export const isFull = ({ tests }: Slot): boolean => tests.length === TESTS;

/** The mask of the test's bit. */
export function addTest(slot: Slot, test: FieldTest | RelatedTest): number {
  const { holds } = compileComparison(test);
  slot.cuts = [...new Set([...slot.cuts, ...numbersIn(test)])].sort((a, b) => a - b);
  return 1 << (slot.tests.push(holds) - 1);
}

function numbersIn(test: FieldTest | RelatedTest): number[] {
  const values: readonly unknown[] = 'value' in test ? [test.value].flat() : [];
  return values.filter((value) => typeof value === 'number');
}

/** @param words the length of a row */
export function rowOf(slot: Slot, subject: unknown, words: number): Row {
  const found = read(subject, slot.names);
  const value = slot.aggregate ? slot.aggregate(found) : found;
  if (typeof value === 'number' && !Number.isNaN(value)) {
    const stretch = stretchOf(value, slot.cuts);
    return slot.stretches[stretch] ?? (slot.stretches[stretch] = judge(slot, value, words));
  }
  // A path with that many values, or such long ones, will hardly bring the same one again.
  if (slot.known.size === VALUES) return judge(slot, value, words);
  return slot.known.get(value) ?? remember(slot, value, words);
}

function remember(slot: Slot, value: unknown, words: number): Row {
  const row = judge(slot, value, words);
  const isShort = typeof value === 'string' ? value.length <= LENGTH : typeof value !== 'object' || value === null;
  if (isShort) slot.known.set(value, row);
  return row;
}

function judge({ tests, asked, rows }: Slot, value: unknown, words: number): Row {
  let verdict = 0;
  for (let index = 0; index < tests.length; index++) if (tests[index]!(value, 0)) verdict |= 1 << index;
  const known = rows.get(verdict);
  if (known) return known;
  const row = new Int32Array(words).fill(-1);
  for (const { alternative, mask, want } of asked) {
    if ((verdict & mask) !== want) row[alternative >> 5]! &= ~(1 << (alternative & 31));
  }
  if (rows.size < VALUES) rows.set(verdict, row);
  return row;
}

/** Twice the number of cuts below, and one more for a cut itself. */
function stretchOf(value: number, cuts: readonly number[]): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return cuts[low] === value ? 2 * low + 1 : 2 * low;
}
