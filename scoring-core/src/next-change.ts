/**
 * Section 6: when the outcome will next be another by itself.
 *
 * Between two turns (course.ts) every gain and loss runs one way, so their values at both ends of a stretch bound all
 * those between. Where the lowest and the highest of them come to the same outcome, nothing happens in the stretch; else
 * a shorter one is tried, down to the single step of a decay, an expiry or a window.
 */
import { copyMoment, createMoment, type Course, type Moment } from './course.ts';
import { open, type Barred } from './gate.ts';
import type { Outcome } from './outcome.ts';

export interface Timeline {
  readonly courses: readonly Course[];
  /** What the gates that are not met bar at an instant; it changes at turns only. */
  readonly bar: (instant: number) => Barred;
  /** What the sums of awards come to, one for each course. */
  readonly conclude: (awarded: Float64Array, barred: Barred) => Outcome;
  readonly gradeOf: (steps: number) => string | null;
}

export interface Clock {
  /** All courses at an instant; lasts until the next change has been looked for. */
  readonly at: (instant: number) => Moment;
  /** Of each course at a moment, gains and losses together; until the next ones. */
  readonly sumsOf: (moment: Moment) => Float64Array;
  /**
   * The earliest instant after `from` and up to `last` at which score, rating or grade differ from what they are then.
   *
   * @param turns the instants at which courses may jump, in any order
   */
  readonly nextChange: (from: number, last: number, turns: readonly number[]) => number | undefined;
}

/** Changes tend to be near, so the first steps are taken one by one; then stretches are tried. */
const SINGLE = 8;

export function createClock({ courses, bar, conclude, gradeOf }: Timeline): Clock {
  const rows = courses.length;
  let [now, ahead] = [createMoment(rows), createMoment(rows)];
  const [lows, highs] = [new Float64Array(rows), new Float64Array(rows)];
  let barred = open;
  let before: Outcome;

  const sumsOf = ({ gains, losses }: Moment) => {
    for (let row = 0; row < rows; row++) lows[row] = gains[row]! + losses[row]!;
    return lows;
  };
  /** Asks the courses that may have moved by then. */
  const moveTo = (moment: Moment, instant: number) => {
    const { untils } = moment;
    moment.instant = instant;
    moment.until = Infinity;
    for (let row = 0; row < rows; row++) {
      if (untils[row]! <= instant) courses[row]!.at(instant, moment, row);
      if (untils[row]! < moment.until) moment.until = untils[row]!;
    }
  };
  /** Asks all courses. */
  const turnTo = (instant: number) => {
    for (let row = 0; row < rows; row++) now.untils[row] = -Infinity;
    moveTo(now, instant);
    barred = bar(instant);
  };
  const isChange = (moment: Moment) => {
    const { score, rating, steps } = conclude(sumsOf(moment), barred);
    return (
      score !== before.score ||
      rating !== before.rating ||
      (steps !== before.steps && gradeOf(steps) !== gradeOf(before.steps))
    );
  };
  /** Whether nothing can happen between now and the moment ahead, with no turn between them. */
  const isSteady = () => {
    for (let row = 0; row < rows; row++) {
      lows[row] = Math.min(now.gains[row]!, ahead.gains[row]!) + Math.min(now.losses[row]!, ahead.losses[row]!);
      highs[row] = Math.max(now.gains[row]!, ahead.gains[row]!) + Math.max(now.losses[row]!, ahead.losses[row]!);
    }
    const lowest = conclude(lows, barred);
    const highest = conclude(highs, barred);
    // Gates do not move between turns, so the rating follows the score.
    return lowest.score === highest.score && lowest.steps === highest.steps;
  };
  /** The first change before an instant up to which there is no turn. */
  const changeBefore = (end: number): number | undefined => {
    let length = 0;
    for (let looks = 0; now.until < end; looks++) {
      const start = now.instant;
      const instant = Math.min(start + length, end - 1);
      if (looks < SINGLE || instant <= now.until) {
        moveTo(now, now.until);
        if (isChange(now)) return now.instant;
        length = (now.instant - start) * 2;
      } else {
        copyMoment(now, ahead);
        moveTo(ahead, instant);
        const steady = isSteady();
        if (steady) [now, ahead] = [ahead, now];
        length = steady ? (instant - start) * 2 : Math.floor((instant - start) / 2);
      }
    }
    return undefined;
  };

  const changeAt = (turn: number): number | undefined => {
    turnTo(turn);
    return isChange(now) ? turn : undefined;
  };

  return {
    at(instant) {
      turnTo(instant);
      return now;
    },
    sumsOf,
    nextChange(from, last, turns) {
      if (now.instant !== from) turnTo(from);
      if (turns.length === 0 && now.until > last) return undefined;
      const stops = turns.filter((turn) => turn > from && turn <= last);
      before = conclude(sumsOf(now), barred);
      for (const turn of stops.sort((a, b) => a - b)) {
        const change = changeBefore(turn) ?? changeAt(turn);
        if (change !== undefined) return change;
      }
      return changeBefore(last) ?? changeAt(last);
    },
  };
}
