/** Section 3.4: must-haves, and what follows while one is not met. */
import { compileSeen } from './condition.ts';
import type { Scene } from './course.ts';
import type { Facts } from './facts.ts';
import { hundredths } from './points.ts';
import type { Gate } from './schema/model.ts';

export interface CompiledGate {
  /** Takes what is looked at from now on, and adds its turns. */
  readonly begin: (scene: Scene) => void;
  readonly isMet: (instant: number) => boolean;
}

export function compileGate({ when }: Gate, facts: Facts): CompiledGate {
  const condition = compileSeen(when, facts);
  let record: unknown;
  return {
    begin(scene) {
      record = scene.record;
      condition.turns?.(record, scene.turns);
    },
    isMet: (instant) => condition.holds(record, instant),
  };
}

/** What the gates that are not met make of a score. */
export interface Barred {
  /** The lowest cap, in hundredths. */
  readonly cap: number;
  /** The rating of the first that has one. */
  readonly rating: string | undefined;
  /** Their keys. */
  readonly gates: readonly string[];
}

/** Nothing is barred. */
export const open: Barred = { cap: Infinity, rating: undefined, gates: [] };

/** @param compiled one for each of `gates` */
export function compileBar(gates: readonly Gate[], compiled: readonly CompiledGate[]): (instant: number) => Barred {
  if (gates.length === 0) return () => open;
  const caps = gates.map(({ cap }) => hundredths(cap));
  return (instant) => {
    let barred = open;
    for (let place = 0; place < gates.length; place++) {
      if (compiled[place]!.isMet(instant)) continue;
      const { key, rating } = gates[place]!;
      barred = {
        cap: Math.min(barred.cap, caps[place]!),
        rating: barred.rating ?? rating,
        gates: [...barred.gates, key],
      };
    }
    return barred;
  };
}
