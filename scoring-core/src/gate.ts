/** Section 3.4: must-haves, and what follows while one is not met. */
import { compileCondition } from './condition.ts';
import { nextAfter, turnsWithin, type Course, type Failing, type Scene } from './course.ts';
import { hundredths } from './points.ts';
import type { Gate } from './schema/model.ts';

export function compileGate({ when }: Gate): (scene: Scene) => Course<Failing> {
  const condition = compileCondition(when);
  return (scene) => {
    const instants: number[] = [];
    condition.turns?.(scene.record, instants);
    const turns = turnsWithin(scene, instants);
    return {
      turns,
      at: (instant) => ({ failed: !condition.holds(scene.record, instant), until: nextAfter(turns, instant) }),
    };
  };
}

/** The lowest cap of the gates that failed, in hundredths. */
export function lowestCap(failed: readonly Gate[]): number {
  return Math.min(...failed.map(({ cap }) => hundredths(cap)));
}
