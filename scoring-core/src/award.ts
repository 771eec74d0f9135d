/** Section 3.1: which of the matching engagements earn an award. */
import { canonicalText } from './canonical.ts';
import { span } from './duration.ts';
import type { Engagements } from './engagements.ts';
import { createList, push, type List } from './list.ts';
import { isBlank, reader } from './path.ts';
import type { EngagementRule } from './schema/rule.ts';

/** Takes the numbers of candidates in order; what it makes of the first ones does not depend on those that follow. */
export type Select = (candidates: List, engagements: Engagements) => List;

/** `award`, then `limit`: an engagement that the limit passes over is not made up for by a later one. */
export function compileSelection({ award = 'each', limit }: Pick<EngagementRule, 'award' | 'limit'>): Select {
  const choose = award === 'each' ? all : award === 'first' ? first() : distinct(award.distinct);
  if (!limit) return choose;
  const hold = limited(limit.count, span(limit.within));
  return (candidates, engagements) => hold(choose(candidates, engagements), engagements);
}

const all: Select = (candidates) => candidates;

function first(): Select {
  const chosen = createList();
  return ({ count, items }) => {
    chosen.count = 0;
    if (count > 0) push(chosen, items[0]!);
    return chosen;
  };
}

function distinct(path: string): Select {
  const read = reader(path);
  const chosen = createList();
  return ({ count, items }, { sources }) => {
    const seen = new Set<string>();
    chosen.count = 0;
    for (let index = 0; index < count; index++) {
      const number = items[index]!;
      if (seen.size < seen.add(asText(read(sources[number]))).size) push(chosen, number);
    }
    return chosen;
  };
}

/** Values are told apart by their text without case; all blanks are one. */
function asText(value: unknown): string {
  if (isBlank(value)) return '';
  return (typeof value === 'string' ? value : canonicalText(value)).toLowerCase();
}

/** Fewer than `most` earlier awards in `(t - within, t]`, t being the candidate's own instant. */
function limited(most: number, within: number): Select {
  const chosen = createList();
  return ({ count, items }, { instants }) => {
    chosen.count = 0;
    for (let index = 0; index < count; index++) {
      const number = items[index]!;
      const earlier = chosen.count < most ? -Infinity : instants[chosen.items[chosen.count - most]!]!;
      if (earlier <= instants[number]! - within) push(chosen, number);
    }
    return chosen;
  };
}
