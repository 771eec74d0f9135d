/** Conditions written out: as alternatives, each of which asks the verdicts on some fields (slots.ts) to be just so. */
import type { Condition, FieldTest, RelatedTest } from './schema/condition.ts';
import type { Slot } from './slots.ts';

/** By slot: which bits of a verdict are asked, and what they must be. */
export type Alternative = ReadonlyMap<Slot, { readonly mask: number; readonly want: number }>;

/** Where the verdict of a test is found; `undefined` for one that time moves. */
export type BitOf = (test: FieldTest | RelatedTest) => { readonly slot: Slot; readonly mask: number } | undefined;

/** More alternatives than this are not written out. */
const MOST = 32;

/** `undefined` for a condition with too many alternatives, or with a test that time moves. */
export function alternatives(condition: Condition, bitOf: BitOf, wanted = true): Alternative[] | undefined {
  if ('not' in condition) return alternatives(condition.not, bitOf, !wanted);
  if ('all' in condition || 'any' in condition) {
    const isAll = 'all' in condition;
    let found: Alternative[] = isAll === wanted ? [new Map()] : [];
    for (const part of isAll ? condition.all : condition.any) {
      const ways = alternatives(part, bitOf, wanted);
      if (!ways) return undefined;
      found = isAll === wanted ? found.flatMap((a) => ways.flatMap((b) => together(a, b))) : [...found, ...ways];
      if (found.length > MOST) return undefined;
    }
    return found;
  }
  const bit = bitOf(condition);
  return bit && [new Map([[bit.slot, { mask: bit.mask, want: wanted ? bit.mask : 0 }]])];
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
