/** How the values that timeless tests compare are read. */
import { canonicalText } from './canonical.ts';
import { createCounts, type Counts } from './counts.ts';
import { namesOf } from './path.ts';
import { compileAggregate } from './related.ts';
import type { FieldTest, RelatedTest } from './schema/condition.ts';

export interface Reading {
  /** The names of a path, and what is made of the value that is found there. */
  readonly names: readonly string[];
  readonly aggregate: ((found: unknown) => unknown) | undefined;
}

/** The same text for tests of the same value. */
export function valueText(test: FieldTest | RelatedTest): string {
  if (!('related' in test)) return test.field;
  const { related, aggregate, field, where } = test;
  return canonicalText({ related, aggregate, field, where });
}

/** Readings are to be done in the order in which they were asked for; `undefined` where time moves the value. */
export function compileReadings(): (test: FieldTest | RelatedTest) => Reading | undefined {
  const countsAt = new Map<string, Counts>();
  return (test) => {
    if (!('related' in test)) return { names: namesOf(test.field), aggregate: undefined };
    const names = namesOf(test.related);
    if (test.aggregate !== 'count') {
      const { of, turns } = compileAggregate(test);
      return turns ? undefined : { names, aggregate: (found) => of(found, 0) };
    }
    const known = countsAt.get(test.related);
    const counts = known ?? createCounts();
    const count = counts.add(test);
    if (!count) return undefined;
    if (known) return { names: [], aggregate: count };
    countsAt.set(test.related, counts);
    // The first one counts for all.
    const aggregate = (found: unknown) => {
      counts.take(found);
      return count();
    };
    return { names, aggregate };
  };
}
