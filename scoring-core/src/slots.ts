/**
 * What the timeless tests of a model make of one subject. Every path is read once for all tests of it, and what they
 * make of a value is remembered, as most records share most of their values: a picklist of eight is judged eight times,
 * however many records there are.
 */
import { canonicalText } from './canonical.ts';
import { compileComparison } from './comparison.ts';
import { reader } from './path.ts';
import type { FieldTest } from './schema/condition.ts';

export interface Slots {
  /** Takes a test, each once; there is no bit for those that depend on the instant. */
  readonly add: (test: FieldTest) => Bit | undefined;
  readonly see: (subject: unknown) => void;
  /** Of the subject seen last, by slot: a bit for each test, 1 where it holds. */
  readonly verdicts: readonly number[];
}

/** Where the verdict of a test is found. */
export interface Bit {
  readonly slot: number;
  readonly mask: number;
}

/** As many tests share a slot as a small integer has bits; further tests of the same path have another one. */
const TESTS = 30;

interface Slot {
  readonly place: number;
  readonly read: (subject: unknown) => unknown;
  readonly tests: ((value: unknown) => boolean)[];
  readonly known: Map<unknown, number>;
  /** By the stretch between two of `cuts` that a number lies in, or the cut that it is. */
  readonly stretches: (number | undefined)[];
  /** Every number that a test compares with, rising: no test tells apart numbers between the same two. */
  cuts: number[];
}

/** Values that are remembered for each path, and the longest text among them. */
const [VALUES, LENGTH] = [1024, 64];

export function createSlots(): Slots {
  const bits = new Map<string, Bit>();
  const open = new Map<string, Slot>();
  const slots: Slot[] = [];
  const verdicts: number[] = [];

  return {
    verdicts,
    add(test) {
      const text = canonicalText(test);
      const { holds, turns } = compileComparison(test);
      if (turns || bits.has(text)) return bits.get(text);
      let slot = open.get(test.field);
      if (!slot || slot.tests.length === TESTS) {
        slot = { place: slots.length, read: reader(test.field), tests: [], known: new Map(), stretches: [], cuts: [] };
        open.set(test.field, slot);
        slots.push(slot);
        verdicts.push(0);
      }
      slot.cuts = [...new Set([...slot.cuts, ...numbersIn(test)])].sort((a, b) => a - b);
      const bit = { slot: slot.place, mask: 1 << (slot.tests.push((value) => holds(value, 0)) - 1) };
      bits.set(text, bit);
      return bit;
    },
    see(subject) {
      for (let place = 0; place < slots.length; place++) {
        const slot = slots[place]!;
        verdicts[place] = verdictsOf(slot, slot.read(subject));
      }
    },
  };
}

function numbersIn(test: FieldTest): number[] {
  const values: readonly unknown[] = 'value' in test ? [test.value].flat() : [];
  return values.filter((value) => typeof value === 'number');
}

function verdictsOf(slot: Slot, value: unknown): number {
  if (typeof value === 'number' && !Number.isNaN(value)) {
    return (slot.stretches[stretchOf(value, slot.cuts)] ??= judge(slot, value));
  }
  // A path with that many values, or such long ones, will hardly bring the same one again.
  if (
    slot.known.size === VALUES ||
    (typeof value === 'string' ? value.length > LENGTH : typeof value === 'object' && value !== null)
  ) {
    return judge(slot, value);
  }
  let verdicts = slot.known.get(value);
  if (verdicts === undefined) slot.known.set(value, (verdicts = judge(slot, value)));
  return verdicts;
}

function judge({ tests }: Slot, value: unknown): number {
  let verdicts = 0;
  for (let index = 0; index < tests.length; index++) if (tests[index]!(value)) verdicts |= 1 << index;
  return verdicts;
}

/** Twice the number of cuts below, and one more for a cut itself. */
function stretchOf(value: number, cuts: readonly number[]): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return cuts[low] === value ? 2 * low + 1 : 2 * low;
}
