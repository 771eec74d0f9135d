/** Section 3.3: when a condition holds. */
import { compileComparison, type Test } from './comparison.ts';
import { createFacts, type Facts } from './facts.ts';
import { reader } from './path.ts';
import { compileRelated } from './related.ts';
import type { Condition, FieldTest } from './schema/condition.ts';

/**
 * Compiles a condition into a test of an engagement or a related row.
 *
 * @example compileCondition({ field: 'Title', op: 'contains', value: 'vp' }).holds({ Title: 'VP Sales' }, 0) === true
 */
export function compileCondition(condition: Condition): Test {
  const facts = createFacts();
  const { holds, turns } = compileSeen(condition, facts);
  return {
    holds(subject, at) {
      facts.see(subject);
      return holds(subject, at);
    },
    turns,
  };
}

/** A test of the subject that `facts` have seen last, which is handed in as well. */
export function compileSeen(condition: Condition, facts: Facts): Test {
  const fact = facts.add(condition);
  if (fact) return { holds: () => facts.holds(fact) };
  const parts = (conditions: readonly Condition[]) => conditions.map((part) => compileSeen(part, facts));
  if ('all' in condition) return all(parts(condition.all));
  if ('any' in condition) return any(parts(condition.any));
  if ('not' in condition) return not(compileSeen(condition.not, facts));
  if ('related' in condition) return compileRelated(condition);
  return dateTest(condition);
}

const all = (tests: readonly Test[]): Test =>
  withTurnsOf(tests, (subject, at) => {
    for (const test of tests) if (!test.holds(subject, at)) return false;
    return true;
  });

const any = (tests: readonly Test[]): Test =>
  withTurnsOf(tests, (subject, at) => {
    for (const test of tests) if (test.holds(subject, at)) return true;
    return false;
  });

const not = (test: Test): Test => withTurnsOf([test], (subject, at) => !test.holds(subject, at));

/** Only dates have turns, and only what has turns is no fact. */
function dateTest(test: FieldTest): Test {
  const { holds, turns } = compileComparison(test);
  const read = reader(test.field);
  return {
    holds: (subject, at) => holds(read(subject), at),
    turns(subject, into) {
      turns?.(read(subject), into);
    },
  };
}

/** What combines tests may change whenever one of them may; where none may, it says so by having no `turns`. */
function withTurnsOf(tests: readonly Test[], holds: Test['holds']): Test {
  const turns = tests.flatMap((test) => test.turns ?? []);
  if (turns.length === 0) return { holds };
  return {
    holds,
    turns: (subject, into) => {
      for (const add of turns) add(subject, into);
    },
  };
}
