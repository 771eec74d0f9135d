/** Section 3.4: must-haves, and what follows while one is not met. */
import { compileSeen } from './condition.ts';
import { nextAfter, turnsOf, type Course, type Failing, type Scene } from './course.ts';
import { hundredths } from './points.ts';
import type { Gate } from './schema/model.ts';
import type { Slots } from './slots.ts';

export function compileGate({ when }: Gate, slots: Slots): (scene: Scene) => Course<Failing> {
  const condition = compileSeen(when, slots);
  return (scene) => {
    const turns = turnsOf(condition, scene);
    return {
      turns,
      at: (instant) => ({ failed: !condition.holds(scene.record, instant), until: nextAfter(turns, instant) }),
    };
  };
}

/** What the gates that are not met make of a score. */
export interface Barred {
  /** The lowest cap, in hundredths. */
  readonly cap: number;
  /** The rating of the first that has one. */
  readonly rating: string | undefined;
}

export function compileGates(gates: readonly Gate[]): (states: readonly Failing[]) => Barred {
  const caps = gates.map(({ cap }) => hundredths(cap));
  return (states) => {
    let cap = Infinity;
    let rating: string | undefined;
    for (let gate = 0; gate < caps.length; gate++) {
      if (!states[gate]!.failed) continue;
      cap = Math.min(cap, caps[gate]!);
      rating ??= gates[gate]!.rating;
    }
    return { cap, rating };
  };
}
