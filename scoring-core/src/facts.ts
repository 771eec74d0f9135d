/**
 * All timeless conditions about one kind of subject, answered at once. Each is written out as alternatives, which ask some
 * fields to be just so; every value of a field rules out some of them. What no value of the subject rules out, holds.
 */
import { canonicalText } from './canonical.ts';
import { compileComparison } from './comparison.ts';
import { namesOf } from './path.ts';
import { compileAggregate } from './related.ts';
import type { Condition, FieldTest, RelatedTest } from './schema/condition.ts';
import { addTest, createSlot, isFull, rowOf, type Slot } from './slots.ts';

export interface Facts {
  /**
   * Takes a condition, before the first subject is seen; `undefined` if time moves it, or if there would be too many
   * alternatives. `owner` tells it apart in a list.
   */
  readonly add: (condition: Condition, owner?: number) => Fact | undefined;
  readonly see: (subject: unknown) => void;
  /** Whether the condition holds of the subject seen last. */
  readonly holds: (fact: Fact) => boolean;
  /** Puts the owners of those that hold of it into a list, in the order they were added; how many there are. */
  readonly list: (into: number[]) => number;
}

/** The alternatives of a condition. */
export interface Fact {
  readonly from: number;
  readonly to: number;
}

/** More alternatives than this are not written out. */
const MOST = 32;

/** By slot: which bits are asked, and what they must be. */
type Alternative = ReadonlyMap<Slot, { readonly mask: number; readonly want: number }>;

/** One that has no owner. */
const NOBODY = -1;

export function createFacts(): Facts {
  const bits = new Map<string, { readonly slot: Slot; readonly mask: number }>();
  const openSlots = new Map<string, Slot>();
  const slots: Slot[] = [];
  const owners: number[] = [];
  let all = new Int32Array(0);
  let open = new Int32Array(0);

  const bitOf = (test: FieldTest | RelatedTest) => {
    const text = canonicalText(test);
    const known = bits.get(text);
    if (known || compileComparison(test).turns) return known;
    const reading = readingOf(test);
    if (!reading) return undefined;
    let slot = openSlots.get(reading.text);
    if (!slot || isFull(slot)) {
      slot = createSlot(reading.names, reading.aggregate);
      openSlots.set(reading.text, slot);
      slots.push(slot);
    }
    const bit = { slot, mask: addTest(slot, test) };
    bits.set(text, bit);
    return bit;
  };

  const alternatives = (condition: Condition, wanted: boolean): Alternative[] | undefined => {
    if ('not' in condition) return alternatives(condition.not, !wanted);
    if ('all' in condition || 'any' in condition) {
      const isAll = 'all' in condition;
      let found: Alternative[] = isAll === wanted ? [new Map()] : [];
      for (const part of isAll ? condition.all : condition.any) {
        const ways = alternatives(part, wanted);
        if (!ways) return undefined;
        found = isAll === wanted ? found.flatMap((a) => ways.flatMap((b) => together(a, b))) : [...found, ...ways];
        if (found.length > MOST) return undefined;
      }
      return found;
    }
    const bit = bitOf(condition);
    return bit && [new Map([[bit.slot, { mask: bit.mask, want: wanted ? bit.mask : 0 }]])];
  };

  return {
    add(condition, owner = NOBODY) {
      const ways = alternatives(condition, true);
      if (!ways) return undefined;
      const from = owners.length;
      for (const way of ways) {
        const alternative = owners.push(owner) - 1;
        for (const [slot, { mask, want }] of way) slot.asked.push({ alternative, mask, want });
      }
      all = new Int32Array(Math.ceil(owners.length / 32));
      open = new Int32Array(all.length);
      for (let alternative = 0; alternative < owners.length; alternative++) {
        all[alternative >> 5]! |= 1 << (alternative & 31);
      }
      return { from, to: owners.length };
    },
    see(subject) {
      const bits = open;
      const words = bits.length;
      for (let word = 0; word < words; word++) bits[word] = all[word]!;
      for (let index = 0; index < slots.length; index++) {
        const row = rowOf(slots[index]!, subject, owners.length);
        for (let word = 0; word < words; word++) bits[word]! &= row[word]!;
      }
    },
    holds({ from, to }) {
      for (let alternative = from; alternative < to; alternative++) {
        if (((open[alternative >> 5]! >> (alternative & 31)) & 1) === 1) return true;
      }
      return false;
    },
    list(into) {
      let count = 0;
      for (let word = 0; word < open.length; word++) {
        for (let rest = open[word]!; rest !== 0; rest &= rest - 1) {
          const owner = owners[word * 32 + 31 - Math.clz32(rest & -rest)]!;
          if (owner !== NOBODY && (count === 0 || into[count - 1] !== owner)) into[count++] = owner;
        }
      }
      return count;
    },
  };
}

/** How the value that a test compares is read, and a text that is the same for the same value; unless time moves it. */
function readingOf(test: FieldTest | RelatedTest): (Pick<Slot, 'names' | 'aggregate'> & { text: string }) | undefined {
  if (!('related' in test)) return { text: test.field, names: namesOf(test.field), aggregate: undefined };
  const { related, aggregate, field, where } = test;
  const { of, turns } = compileAggregate(test);
  if (turns) return undefined;
  const text = canonicalText({ related, aggregate, field, where });
  return { text, names: namesOf(related), aggregate: (rows) => of(rows, 0) };
}

/** None if the two ask a bit to be both. */
function together(a: Alternative, b: Alternative): Alternative[] {
  const both = new Map(a);
  for (const [slot, { mask, want }] of b) {
    const other = both.get(slot) ?? { mask: 0, want: 0 };
    if (((want ^ other.want) & mask & other.mask) !== 0) return [];
    both.set(slot, { mask: mask | other.mask, want: want | other.want });
  }
  return [both];
}
