/**
 * How one part of a score runs over time. A course says what holds at any instant, and knows its *turns*: the instants at
 * which it may jump. Between two turns a rule's gain and its loss each only fall or only rise, which lets next-change.ts
 * leap over long stretches instead of trying every step of every decay.
 */
import type { Test } from './comparison.ts';
import type { Engagement } from './engagements.ts';

export interface Course<State extends Lasting> {
  /** In rising order, after the scene's `from`. */
  readonly turns: readonly number[];
  /** The state at an instant of the scene; it is the same until `state.until`. */
  readonly at: (instant: number) => State;
}

export interface Lasting {
  readonly until: number;
}

/** What one rule contributes, in hundredths, before its `max`. */
export interface Contributing extends Lasting {
  /** The sum of its awards above 0. */
  readonly gain: number;
  /** The sum of its awards below 0. */
  readonly loss: number;
  readonly awards: number;
}

export interface RuleCourse extends Course<Contributing> {
  /** When what is behind the awards of an instant happened, in rising order; not known of facts that simply hold. */
  readonly dates?: (instant: number) => readonly number[];
  /** Of a `once` rule: when it was earned. */
  readonly earned?: number | undefined;
  /** Of a `once` rule that has not been earned: when it will be, should nothing change but time. */
  readonly earns?: number | undefined;
}

export interface Failing extends Lasting {
  readonly failed: boolean;
}

/** What is scored, and the stretch of time that is looked at. */
export interface Scene {
  readonly record: unknown;
  /** For each rule those of its types that have a weight, in order. */
  readonly engagements: readonly (readonly Engagement[])[];
  readonly from: number;
  /** The last instant that matters. */
  readonly to: number;
  /** When a `once` rule was earned before, by its key. */
  readonly earned: (rule: string) => number | undefined;
}

const none: readonly number[] = [];

/** Instants in rising order, each once, those that lie in the scene's future. */
export function turnsWithin({ from, to }: Scene, instants: readonly number[]): readonly number[] {
  const ahead = instants.filter((instant) => instant > from && instant <= to);
  return ahead.length === 0 ? none : [...new Set(ahead)].sort((a, b) => a - b);
}

/** The turns of a test of the record. */
export function turnsOf({ turns }: Test, scene: Scene): readonly number[] {
  if (!turns) return none;
  const instants: number[] = [];
  turns(scene.record, instants);
  return turnsWithin(scene, instants);
}

export function nextAfter(turns: readonly number[], instant: number): number {
  return turns.length === 0 ? Infinity : (turns.find((turn) => turn > instant) ?? Infinity);
}

export function contributing(points: number, awards: number, until: number): Contributing {
  return { gain: Math.max(points, 0), loss: Math.min(points, 0), awards, until };
}
