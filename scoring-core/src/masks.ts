/**
 * Conditions over timeless tests as bare numbers: alternatives, each of which asks the verdicts of some slots to be just
 * so. Running through a few numbers is many times faster than calling a function for every test.
 */
import type { Condition } from './schema/condition.ts';
import type { Slots } from './slots.ts';

/** Of each alternative how many slots it asks, then for each the slot, the bits that are asked and what they must be. */
export type Masks = readonly number[];

/** More alternatives than this are not written out. */
const MOST = 16;

/** By slot: which bits are asked, and what they must be. */
type Alternative = ReadonlyMap<number, { readonly mask: number; readonly want: number }>;

/** `undefined` for a condition with too many alternatives, or with a test for which `slots` have no bit. */
export function toMasks(condition: Condition, slots: Slots): Masks | undefined {
  return alternatives(condition, true, slots)?.flatMap((alternative) => [
    alternative.size,
    ...[...alternative].flatMap(([slot, { mask, want }]) => [slot, mask, want]),
  ]);
}

export function masksHold(masks: ArrayLike<number>, verdicts: readonly number[], from = 0, to = masks.length): boolean {
  for (let next = from; next < to;) {
    let index = next + 1;
    next = index + masks[next]! * 3;
    while (index < next && (verdicts[masks[index]!]! & masks[index + 1]!) === masks[index + 2]!) index += 3;
    if (index === next) return true;
  }
  return false;
}

/** All facts in one row of numbers. What it returns puts at each one's place what it is worth, or 0 if it does not hold. */
export function compileRow(conditions: readonly { readonly place: number; readonly masks: Masks }[], slots: Slots) {
  const row = Int32Array.from(conditions.flatMap(({ masks }) => masks));
  const places = Int32Array.from(conditions, ({ place }) => place);
  let end = 0;
  const ends = Int32Array.from(conditions, ({ masks }) => (end += masks.length));
  return (worth: readonly number[], into: number[]): void => {
    const { verdicts } = slots;
    let from = 0;
    for (let index = 0; index < places.length; index++) {
      const place = places[index]!;
      const to = ends[index]!;
      into[place] = masksHold(row, verdicts, from, to) ? worth[place]! : 0;
      from = to;
    }
  };
}

function alternatives(condition: Condition, wanted: boolean, slots: Slots): Alternative[] | undefined {
  if ('not' in condition) return alternatives(condition.not, !wanted, slots);
  if ('related' in condition) return undefined;
  if ('field' in condition) {
    const bit = slots.add(condition);
    return bit && [new Map([[bit.slot, { mask: bit.mask, want: wanted ? bit.mask : 0 }]])];
  }
  const isAll = 'all' in condition;
  let found: Alternative[] = isAll === wanted ? [new Map()] : [];
  for (const part of isAll ? condition.all : condition.any) {
    const ways = alternatives(part, wanted, slots);
    if (!ways) return undefined;
    found = isAll === wanted ? found.flatMap((a) => ways.flatMap((b) => together(a, b))) : [...found, ...ways];
    if (found.length > MOST) return undefined;
  }
  return found;
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
