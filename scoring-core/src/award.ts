/** Section 3.1: which of the matching engagements earn an award. */
import { canonicalText } from './canonical.ts';
import { span } from './duration.ts';
import type { Engagement } from './engagements.ts';
import { isBlank, reader } from './path.ts';
import type { EngagementRule } from './schema/rule.ts';

/** Takes candidates in order; what it makes of the first ones does not depend on those that follow. */
export type Select = (candidates: readonly Engagement[]) => readonly Engagement[];

/** `award`, then `limit`: an engagement that the limit passes over is not made up for by a later one. */
export function compileSelection({ award = 'each', limit }: Pick<EngagementRule, 'award' | 'limit'>): Select {
  const choose = award === 'each' ? all : award === 'first' ? first : distinct(award.distinct);
  if (!limit) return choose;
  const hold = limited(limit.count, span(limit.within));
  return (candidates) => hold(choose(candidates));
}

const all: Select = (candidates) => candidates;

const first: Select = (candidates) => candidates.slice(0, 1);

function distinct(path: string): Select {
  const read = reader(path);
  return (candidates) => {
    const seen = new Set<string>();
    return candidates.filter(({ source }) => seen.size < seen.add(asText(read(source))).size);
  };
}

/** Values are told apart by their text without case; all blanks are one. */
function asText(value: unknown): string {
  if (isBlank(value)) return '';
  return (typeof value === 'string' ? value : canonicalText(value)).toLowerCase();
}

/** Fewer than `count` earlier awards in `(t - within, t]`, t being the candidate's own instant. */
function limited(count: number, within: number): Select {
  return (candidates) => {
    const awarded: Engagement[] = [];
    for (const candidate of candidates) {
      const earlier = awarded[awarded.length - count];
      if (!earlier || earlier.instant <= candidate.instant - within) awarded.push(candidate);
    }
    return awarded;
  };
}
