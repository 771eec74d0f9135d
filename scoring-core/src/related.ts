/** Section 3.3: tests over the child rows of a record. */
import { compileComparison, type Test } from './comparison.ts';
import { compileCondition } from './condition.ts';
import { parseInstant } from './instant.ts';
import { isBlank, isObject, reader, type Json } from './path.ts';
import { hundredths, toPoints } from './points.ts';
import type { RelatedTest } from './schema/condition.ts';

export function compileRelated(related: RelatedTest): Test {
  const readRows = reader(related.related);
  const readField = related.field === undefined ? undefined : reader(related.field);
  const where = related.where && compileCondition(related.where);
  const comparison = compileComparison(related);

  /** A count takes no list. */
  const countOf = (rows: readonly Json[], at: number) => {
    let count = 0;
    for (const row of rows) {
      if ((!where || where.holds(row, at)) && (!readField || !isBlank(readField(row)))) count++;
    }
    return count;
  };
  const aggregateOf = (rows: readonly Json[], at: number): unknown => {
    if (related.aggregate === 'count' || !readField) return countOf(rows, at);
    const values = (where ? rows.filter((row) => where.holds(row, at)) : rows).map(readField);
    return aggregates[related.aggregate](values.filter((value) => !isBlank(value)));
  };
  const turns = (subject: unknown, into: number[]) => {
    for (const row of rowsOf(readRows(subject))) {
      where?.turns?.(row, into);
      // Any row may come to be the earliest or the latest, so each one's date counts.
      if (readField) comparison.turns?.(readField(row), into);
    }
  };
  return {
    holds(subject, at) {
      return comparison.holds(aggregateOf(rowsOf(readRows(subject)), at), at);
    },
    turns: (where?.turns ?? comparison.turns) && turns,
  };
}

/** Children come as an array or as `{ records: [...] }`; whatever is no object is no row. */
function rowsOf(value: unknown): Json[] {
  const rows = isObject(value) ? value['records'] : value;
  if (!Array.isArray(rows)) return [];
  return rows.every(isObject) ? rows : rows.filter(isObject);
}

/** Over the values that are not blank. */
const aggregates: Record<'sum' | 'min' | 'max', (values: readonly unknown[]) => unknown> = {
  sum: (values) => toPoints(values.filter(isNumber).reduce((sum, value) => sum + hundredths(value), 0)),
  min: (values) => extreme(values, -1),
  max: (values) => extreme(values, 1),
};

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** The least (sign -1) or greatest (sign 1) number if all are numbers, else the date, as it was written. */
function extreme(values: readonly unknown[], sign: 1 | -1): unknown {
  const measure = values.every(isNumber) ? (value: unknown) => value as number : parseInstant;
  let best: { value: unknown; size: number } | undefined;
  for (const value of values) {
    const size = measure(value);
    if (size !== undefined && (!best || (size - best.size) * sign > 0)) best = { value, size };
  }
  return best?.value;
}
