/**
 * What the timeless tests of a model make of one subject. Every path is read once for all tests of it, and what they
 * make of a value is remembered, as most records share most of their values: a picklist of eight is judged eight times,
 * however many records there are.
 */
import { reader } from './path.ts';

export interface Slots {
  /** Takes a test of the value at a path, with the numbers that it compares with; answers for the subject seen last. */
  readonly add: (path: string, holds: (value: unknown) => boolean, numbers: readonly number[]) => () => boolean;
  readonly see: (subject: unknown) => void;
}

/** A bit for each test: 1 where it holds. */
type Verdicts = number;

/** As many tests share a slot as a small integer has bits; further tests of the same path have another one. */
const TESTS = 30;

interface Slot {
  readonly read: (subject: unknown) => unknown;
  readonly tests: ((value: unknown) => boolean)[];
  readonly known: Map<unknown, Verdicts>;
  /** By the stretch between two of `cuts` that a number lies in, or the cut that it is. */
  readonly stretches: (Verdicts | undefined)[];
  /** Every number that a test compares with, rising: no test tells apart numbers between the same two. */
  cuts: number[];
  verdicts: Verdicts;
}

/** Values that are remembered for each path, and the longest text among them. */
const [VALUES, LENGTH] = [1024, 64];

export function createSlots(): Slots {
  const slots = new Map<string, Slot>();
  const list: Slot[] = [];

  return {
    add(path, holds, numbers) {
      let slot = slots.get(path);
      if (!slot || slot.tests.length === TESTS) {
        slot = { read: reader(path), tests: [], known: new Map(), stretches: [], cuts: [], verdicts: 0 };
        slots.set(path, slot);
        list.push(slot);
      }
      const { tests, cuts } = slot;
      slot.cuts = [...new Set([...cuts, ...numbers])].sort((a, b) => a - b);
      const [own, bit] = [slot, 1 << (tests.push(holds) - 1)];
      return () => (own.verdicts & bit) !== 0;
    },
    see(subject) {
      for (const slot of list) slot.verdicts = verdictsOf(slot, slot.read(subject));
    },
  };
}

function verdictsOf(slot: Slot, value: unknown): Verdicts {
  if (Number.isNaN(value)) return judge(slot, value);
  if (typeof value === 'number') return (slot.stretches[stretchOf(value, slot.cuts)] ??= judge(slot, value));
  if (typeof value === 'object' && value !== null) return judge(slot, value);
  const known = slot.known.get(value);
  if (known !== undefined) return known;
  const verdicts = judge(slot, value);
  if (slot.known.size < VALUES && !(typeof value === 'string' && value.length > LENGTH))
    slot.known.set(value, verdicts);
  return verdicts;
}

function judge({ tests }: Slot, value: unknown): Verdicts {
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
