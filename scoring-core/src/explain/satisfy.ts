/**
 * What would have to be otherwise for a condition to hold. Values are tried, never reasoned: whatever is found has been
 * put into the record and tested.
 */
import { compileCondition } from '../condition.ts';
import { span } from '../duration.ts';
import { formatInstant, parseInstant } from '../instant.ts';
import { isObject, reader, type Json } from '../path.ts';
import type { Comparison, Condition, RelatedTest } from '../schema/condition.ts';

export type FieldChange = { field: string; value: unknown };

const DAY = 86_400_000;

/** More related rows than this are not made up. */
const ROWS = 5;

/** The changes that make the condition hold (or, unless `wanted`, not hold); `undefined` if none were found. */
export function satisfy(condition: Condition, subject: Json, at: number, wanted = true): FieldChange[] | undefined {
  const test = compileCondition(condition);
  return attempts(condition, subject, at, wanted).find(
    (changes) => test.holds(withChanges(subject, changes), at) === wanted,
  );
}

export function withChanges(subject: Json, changes: readonly FieldChange[]): Json {
  return changes.reduce((changed, { field, value }) => write(changed, field.split('.'), value), subject);
}

function write(subject: unknown, [key = '', ...rest]: string[], value: unknown): Json {
  const object = isObject(subject) ? subject : {};
  return { ...object, [key]: rest.length === 0 ? value : write(object[key], rest, value) };
}

function attempts(condition: Condition, subject: Json, at: number, wanted: boolean): FieldChange[][] {
  if (compileCondition(condition).holds(subject, at) === wanted) return [[]];
  if ('not' in condition) return attempts(condition.not, subject, at, !wanted);
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : undefined;
  if (parts) {
    if ('all' in condition !== wanted) return parts.flatMap((part) => listed(satisfy(part, subject, at, wanted)));
    let changes: FieldChange[] = [];
    for (const part of parts) {
      changes = changes.concat(satisfy(part, withChanges(subject, changes), at, wanted) ?? []);
    }
    return [changes];
  }
  if ('related' in condition)
    return rowsFor(condition, subject, at).map((value) => [{ field: condition.related, value }]);
  return 'field' in condition ? valuesFor(condition, at).map((value) => [{ field: condition.field, value }]) : [];
}

const listed = <Item>(item: Item | undefined): Item[] => (item === undefined ? [] : [item]);

/** Values one of which should satisfy a comparison, or its opposite. */
function valuesFor(comparison: Comparison, at: number): unknown[] {
  if (!('value' in comparison)) return [null, 'Other'];
  const { op, value } = comparison;
  if (op === 'withinLast' || op === 'olderThan' || op === 'withinNext') {
    return [at, at - span(value), at + span(value)].map(formatInstant);
  }
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  return [...given.flatMap(valuesAround), 'Other', null];
}

function valuesAround(value: unknown): unknown[] {
  if (typeof value === 'number') return [value, value + 1, value - 1];
  const instant = parseInstant(value);
  if (instant !== undefined) return [value, formatInstant(instant + DAY), formatInstant(instant - DAY)];
  return typeof value === 'string' ? [value, value.replaceAll('*', '').replaceAll('?', 'x')] : [value];
}

/** The rows that are there with ever more new ones that match, or none at all. */
function rowsFor(related: RelatedTest, subject: Json, at: number): Json[][] {
  const found = reader(related.related)(subject);
  const rows = isObject(found) ? found['records'] : found;
  const present = Array.isArray(rows) ? rows.filter(isObject) : [];
  const { field, where } = related;
  const fieldValues = field === undefined ? [undefined] : valuesFor(related, at);
  const added = fieldValues.flatMap((value) => {
    const row = field === undefined ? {} : withChanges({}, [{ field, value }]);
    const changes = where ? satisfy(where, row, at) : [];
    if (!changes) return [];
    return Array.from({ length: ROWS }, (_, count) => [
      ...present,
      ...Array.from({ length: count + 1 }, () => withChanges(row, changes)),
    ]);
  });
  return [...added.sort((a, b) => a.length - b.length), []];
}
