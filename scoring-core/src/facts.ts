/**
 * All timeless conditions about one kind of subject, answered at once. Each is written out as alternatives; every value of
 * a field rules out some of them. Those that no value of the subject rules out, hold.
 */
import { alternatives, type BitOf } from './alternatives.ts';
import { canonicalText } from './canonical.ts';
import { compileComparison } from './comparison.ts';
import { compileReadings, valueText } from './reading.ts';
import type { Condition } from './schema/condition.ts';
import { addTest, createSlot, isFull, rowOf, type Slot } from './slots.ts';

export interface Facts {
  /**
   * Takes a condition, before the first subject is seen; `undefined` if it cannot be written out. `owner` tells it apart
   * in a list.
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

/** The owner of what has none. */
const NOBODY = -1;

export function createFacts(): Facts {
  const readingOf = compileReadings();
  const bits = new Map<string, ReturnType<BitOf>>();
  const slots: Slot[] = [];
  const lastSlots = new Map<string, Slot>();
  /** Of each alternative. */
  const owners: number[] = [];
  /** A bit for each alternative: those that there are, and those that the subject leaves open. */
  let all = new Int32Array(0);
  let open = new Int32Array(0);

  const bitOf: BitOf = (test) => {
    const text = canonicalText(test);
    if (bits.has(text) || compileComparison(test).turns) return bits.get(text);
    const value = valueText(test);
    let slot = lastSlots.get(value);
    if (!slot || isFull(slot)) {
      const reading = readingOf(test);
      if (!reading) return undefined;
      slot = createSlot(reading);
      slots.push(slot);
      lastSlots.set(value, slot);
    }
    const bit = { slot, mask: addTest(slot, test) };
    bits.set(text, bit);
    return bit;
  };

  return {
    add(condition, owner = NOBODY) {
      const ways = alternatives(condition, bitOf);
      if (!ways) return undefined;
      const from = owners.length;
      for (const way of ways) {
        const alternative = owners.push(owner) - 1;
        for (const [slot, ask] of way) slot.asked.push({ alternative, ...ask });
      }
      all = Int32Array.from({ length: Math.ceil(owners.length / 32) }, (_, word) => all[word] ?? 0);
      open = new Int32Array(all.length);
      for (let alternative = from; alternative < owners.length; alternative++) {
        all[alternative >> 5]! |= 1 << (alternative & 31);
      }
      return { from, to: owners.length };
    },
    see(subject) {
      const words = open.length;
      for (let word = 0; word < words; word++) open[word] = all[word]!;
      for (let index = 0; index < slots.length; index++) {
        const row = rowOf(slots[index]!, subject, words);
        for (let word = 0; word < words; word++) open[word]! &= row[word]!;
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
      let last = NOBODY;
      for (let word = 0; word < open.length; word++) {
        for (let rest = open[word]!; rest !== 0; rest &= rest - 1) {
          const owner = owners[word * 32 + 31 - Math.clz32(rest & -rest)]!;
          if (owner !== NOBODY && owner !== last) into[count++] = last = owner;
        }
      }
      return count;
    },
  };
}
