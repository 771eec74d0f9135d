/**
 * How the contribution of one rule runs over time. A course says what holds at any instant, and names its *turns*: the
 * instants at which it may jump. Between two turns its gain and its loss each only fall or only rise, which lets
 * next-change.ts leap over long stretches instead of trying every step of every decay.
 */
import type { Test } from './comparison.ts';
import type { Engagements } from './engagements.ts';
import type { List } from './list.ts';
import type { Json } from './path.ts';

export interface Course {
  /** Takes what is looked at from now on, and adds its turns to those of the scene. */
  readonly begin: (scene: Scene) => void;
  /** Puts what holds at an instant of the scene into a row of the moment. */
  readonly at: (instant: number, moment: Moment, row: number) => void;
  /** When what is behind the awards of an instant happened, in rising order; not known of facts that simply hold. */
  readonly dates?: (instant: number) => readonly number[];
  /** Of a `once` rule. */
  readonly once?: () => Once;
}

export interface Once {
  /** When it was earned. */
  readonly earned?: number;
  /** When it will be, should nothing change but time. */
  readonly earns?: number;
}

/** What is scored, and the stretch of time that is looked at. */
export interface Scene {
  readonly record: unknown;
  readonly engagements: Engagements;
  /** For each rule the numbers of those of its types that have a weight, in order. */
  readonly candidates: readonly List[];
  readonly from: number;
  /** The last instant that matters. */
  readonly to: number;
  /** When `once` rules were earned before, by their keys, as it was handed in. */
  readonly earned: Json;
  /** In any order, some of them perhaps past. */
  readonly turns: number[];
}

/** What courses come to at one instant: the columns have a row for each, points are in hundredths, before a rule's `max`. */
export interface Moment {
  instant: number;
  /** The sum of the awards above 0. */
  readonly gains: Float64Array;
  /** The sum of the awards below 0. */
  readonly losses: Float64Array;
  readonly awards: Float64Array;
  /** Until when all of this is the same, unless a turn comes before. */
  readonly untils: Float64Array;
  /** The least of `untils`. */
  until: number;
}

export function createMoment(rows: number): Moment {
  const column = () => new Float64Array(rows);
  return { instant: 0, gains: column(), losses: column(), awards: column(), untils: column(), until: 0 };
}

export function copyMoment(from: Moment, into: Moment): void {
  for (let row = 0; row < from.untils.length; row++) {
    into.gains[row] = from.gains[row]!;
    into.losses[row] = from.losses[row]!;
    into.awards[row] = from.awards[row]!;
    into.untils[row] = from.untils[row]!;
  }
}

export function put(
  { gains, losses, awards, untils }: Moment,
  row: number,
  points: number,
  times: number,
  until: number,
) {
  gains[row] = Math.max(points, 0);
  losses[row] = Math.min(points, 0);
  awards[row] = times;
  untils[row] = until;
}

/** The instants at which a test of the record may change, in rising order, of those that lie in the scene's future. */
export function turnsOf(
  { turns }: Test,
  { record, from, to }: Pick<Scene, 'record' | 'from' | 'to'>,
): readonly number[] {
  const instants: number[] = [];
  turns?.(record, instants);
  return instants.filter((instant) => instant > from && instant <= to).sort((a, b) => a - b);
}
