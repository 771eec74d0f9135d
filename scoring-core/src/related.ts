/** Section 3.3: tests over the child rows of a record. */
import { compileComparison, type Test } from './comparison.ts';
import { compileCondition } from './condition.ts';
import { parseInstant } from './instant.ts';
import { isBlank, isObject, reader } from './path.ts';
import { hundredths, toPoints } from './points.ts';
import type { RelatedTest } from './schema/condition.ts';

/** What a related-rows test compares, of the value at its path; `turns` as those of a test. */
export interface Aggregate {
  readonly of: (found: unknown, at: number) => unknown;
  readonly turns: Test['turns'];
}

export function compileAggregate(related: Pick<RelatedTest, 'related' | 'aggregate' | 'field' | 'where'>): Aggregate {
  const readField = related.field === undefined ? undefined : reader(related.field);
  const where = related.where && compileCondition(related.where);

  /** A count takes no list. */
  const countOf = (rows: readonly unknown[], at: number) => {
    let count = 0;
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index];
      if (isObject(row) && (!where || where.holds(row, at)) && (!readField || !isBlank(readField(row)))) count++;
    }
    return count;
  };
  return {
    of(found, at) {
      const rows = rowsOf(found);
      if (related.aggregate === 'count' || !readField) return countOf(rows, at);
      const values = rows.filter((row) => isObject(row) && (!where || where.holds(row, at))).map(readField);
      return aggregates[related.aggregate](values.filter((value) => !isBlank(value)));
    },
    turns:
      where?.turns &&
      ((found, into) => {
        for (const row of rowsOf(found)) where.turns?.(row, into);
      }),
  };
}

export function compileRelated(related: RelatedTest): Test {
  const aggregate = compileAggregate(related);
  const comparison = compileComparison(related);
  const readRows = reader(related.related);
  const readField = related.field === undefined ? undefined : reader(related.field);
  const turns = (subject: unknown, into: number[]) => {
    const found = readRows(subject);
    aggregate.turns?.(found, into);
    // Any row may come to be the earliest or the latest, so each one's date counts.
    if (readField) for (const row of rowsOf(found)) comparison.turns?.(readField(row), into);
  };
  return {
    holds: (subject, at) => comparison.holds(aggregate.of(readRows(subject), at), at),
    turns: (aggregate.turns ?? comparison.turns) && turns,
  };
}

/** Children come as an array or as `{ records: [...] }`; whatever is no object among them is no row. */
export function rowsOf(value: unknown): readonly unknown[] {
  const rows = isObject(value) ? value['records'] : value;
  return Array.isArray(rows) ? rows : none;
}

const none: readonly unknown[] = [];

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
