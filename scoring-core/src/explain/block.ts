/** Gates that are not met: what is missing, and when time alone opens them. */
import { compileCondition } from '../condition.ts';
import type { Scene } from '../course.ts';
import type { Barred } from '../gate.ts';
import { formatInstant } from '../instant.ts';
import { reader } from '../path.ts';
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

/** @param bar what the gates that are not met bar at an instant of the scene */
export function blocksOf(
  { gates = [] }: Model,
  { failedGates }: Result,
  { record, from, to, turns }: Scene,
  bar: (instant: number) => Barred,
): Block[] {
  const ahead = turns.filter((turn) => turn > from && turn <= to).sort((a, b) => a - b);
  return gates.flatMap(({ key, name, when, cap, rating = null }): Block[] => {
    if (!failedGates.includes(key)) return [];
    const opens = ahead.find((turn) => !bar(turn).gates.includes(key));
    const opensAt = opens === undefined ? null : formatInstant(opens);
    return [{ gate: key, name, cap, rating, missing: missingParts(when, record, from), opensAt }];
  });
}

function missingParts(condition: Condition, record: unknown, at: number): Missing[] {
  if (compileCondition(condition).holds(record, at)) return [];
  if ('all' in condition) return condition.all.flatMap((part) => missingParts(part, record, at));
  if (!('field' in condition) || 'related' in condition) return [{ condition }];
  return [{ condition, found: reader(condition.field)(record) ?? null }];
}
