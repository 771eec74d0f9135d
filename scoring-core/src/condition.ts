/** Section 3.3: when a condition holds. */
import { compileComparison, type Test } from './comparison.ts';
import { reader } from './path.ts';
import { compileRelated } from './related.ts';
import type { Condition } from './schema/condition.ts';

/**
 * Compiles a condition into a test of a record, an engagement or a related row.
 *
 * @example compileCondition({ field: 'Title', op: 'contains', value: 'vp' }).holds({ Title: 'VP Sales' }, 0) === true
 */
export function compileCondition(condition: Condition): Test {
  if ('all' in condition)
    return combine(condition.all, (tests, subject, at) => tests.every((test) => test.holds(subject, at)));
  if ('any' in condition)
    return combine(condition.any, (tests, subject, at) => tests.some((test) => test.holds(subject, at)));
  if ('not' in condition) {
    return combine([condition.not], (tests, subject, at) => !tests.every((test) => test.holds(subject, at)));
  }
  if ('related' in condition) return compileRelated(condition);
  const read = reader(condition.field);
  const test = compileComparison(condition);
  return {
    holds: (subject, at) => test.holds(read(subject), at),
    ...(test.turns && { turns: (subject, into) => test.turns?.(read(subject), into) }),
  };
}

function combine(
  conditions: readonly Condition[],
  holds: (tests: readonly Test[], subject: unknown, at: number) => boolean,
): Test {
  const tests = conditions.map(compileCondition);
  const dated = tests.filter((test) => test.turns);
  return {
    holds: (subject, at) => holds(tests, subject, at),
    ...(dated.length > 0 && {
      turns: (subject, into) => {
        for (const test of dated) test.turns?.(subject, into);
      },
    }),
  };
}
