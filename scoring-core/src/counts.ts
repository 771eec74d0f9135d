/** Section 3.3: how many rows there are, for all tests that count those at one path: each row is looked at once. */
import { createFacts, type Fact } from './facts.ts';
import { isObject } from './path.ts';
import { rowsOf } from './related.ts';
import type { Condition, RelatedTest } from './schema/condition.ts';

export interface Counts {
  /** Takes a count, which is given back as what tells it; `undefined` if it takes more than facts of the rows. */
  readonly add: (test: Pick<RelatedTest, 'where' | 'field'>) => (() => number) | undefined;
  /** Counts the rows in the value at the path. */
  readonly take: (found: unknown) => void;
}

export function createCounts(): Counts {
  const facts = createFacts();
  const counted: Fact[] = [];
  const counts: number[] = [];
  return {
    add({ where, field }) {
      const all: Condition[] = where ? [where] : [];
      const fact = facts.add({ all: field === undefined ? all : [...all, { field, op: 'notBlank' }] });
      if (!fact) return undefined;
      const place = counted.push(fact) - 1;
      return () => counts[place]!;
    },
    take(found) {
      for (let place = 0; place < counted.length; place++) counts[place] = 0;
      const rows = rowsOf(found);
      for (let index = 0; index < rows.length; index++) {
        if (!isObject(rows[index])) continue;
        facts.see(rows[index]);
        for (let place = 0; place < counted.length; place++) if (facts.holds(counted[place]!)) counts[place]!++;
      }
    },
  };
}
