/** Section 3.3: when a condition holds. */
import { compileComparison, type Test } from './comparison.ts';
import { reader } from './path.ts';
import { compileRelated } from './related.ts';
import type { Condition, FieldTest } from './schema/condition.ts';

/**
 * Compiles a condition into a test of a record, an engagement or a related row.
 *
 * @example compileCondition({ field: 'Title', op: 'contains', value: 'vp' }).holds({ Title: 'VP Sales' }, 0) === true
 */
export function compileCondition(condition: Condition): Test {
  if ('all' in condition) return all(condition.all.map(compileCondition));
  if ('any' in condition) return any(condition.any.map(compileCondition));
  if ('not' in condition) return not(compileCondition(condition.not));
  if ('related' in condition) return compileRelated(condition);
  return fieldTest(condition);
}

const all = (tests: readonly Test[]): Test =>
  withTurnsOf(tests, (subject, at) => tests.every((test) => test.holds(subject, at)));

const any = (tests: readonly Test[]): Test =>
  withTurnsOf(tests, (subject, at) => tests.some((test) => test.holds(subject, at)));

const not = (test: Test): Test => withTurnsOf([test], (subject, at) => !test.holds(subject, at));

function fieldTest(field: FieldTest): Test {
  const read = reader(field.field);
  const { holds, turns } = compileComparison(field);
  return {
    holds: (subject, at) => holds(read(subject), at),
    turns:
      turns &&
      ((subject, into) => {
        turns(read(subject), into);
      }),
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
