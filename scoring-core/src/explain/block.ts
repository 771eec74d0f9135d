/** Gates that are not met: what is missing, and when time alone opens them. */
import { compileCondition } from '../condition.ts';
import type { Course, Failing } from '../course.ts';
import { formatInstant } from '../instant.ts';
import { reader, type Json } from '../path.ts';
import type { Result } from '../result.ts';
import type { Condition } from '../schema/condition.ts';
import type { Model } from '../schema/model.ts';

export type Block = {
  gate: string;
  name: string;
  /** The score cannot pass it meanwhile. */
  cap: number;
  /** The rating that the gate gives meanwhile. */
  rating: string | null;
  /** The parts of the gate's condition that do not hold. */
  missing: Missing[];
  /** When it will be met, should nothing change but time. */
  opensAt: string | null;
};

/** `found` is what the record holds, of a test of one field. */
export type Missing = { condition: Condition; found?: unknown };

export function blocksOf(
  { gates = [] }: Model,
  { failedGates }: Result,
  record: Json,
  at: number,
  courses: readonly Course<Failing>[],
): Block[] {
  return gates.flatMap(({ key, name, cap, rating = null, when }, index): Block[] => {
    if (!failedGates.includes(key)) return [];
    const course = courses[index]!;
    const opens = course.turns.find((turn) => !course.at(turn).failed);
    const opensAt = opens === undefined ? null : formatInstant(opens);
    return [{ gate: key, name, cap, rating, missing: missingParts(when, record, at), opensAt }];
  });
}

function missingParts(condition: Condition, record: Json, at: number): Missing[] {
  if (compileCondition(condition).holds(record, at)) return [];
  if ('all' in condition) return condition.all.flatMap((part) => missingParts(part, record, at));
  if (!('field' in condition) || 'related' in condition) return [{ condition }];
  return [{ condition, found: reader(condition.field)(record) ?? null }];
}
