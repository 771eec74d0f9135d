/** Section 3.1: one award per matching engagement, which may expire and fade. */
import { compileSelection } from '../award.ts';
import type { Course } from '../course.ts';
import { compileDecay, unfading } from '../decay.ts';
import { addDuration, parseDuration } from '../duration.ts';
import type { Engagements, ScoredEngagement } from '../engagements.ts';
import { compileMatching } from '../matching.ts';
import { reader } from '../path.ts';
import { clamp, hundredths } from '../points.ts';
import type { EngagementRule } from '../schema/rule.ts';

/** The most that one award brings where the engagement says how much. */
const MOST = 10_000;

export function compileEngagementCourse(rule: EngagementRule, place: number): Course {
  const matching = compileMatching(rule, place);
  const select = compileSelection(rule);
  const { step, factor } = rule.decay ? compileDecay(rule.decay) : unfading;
  const lifetime = rule.expires === undefined ? undefined : parseDuration(rule.expires);
  const pointsOf = compilePoints(rule);
  /** Whether awards keep their value: then they are worth hundredths, else points times weight, not rounded. */
  const lasts = step === Infinity;

  let engagements: Engagements;
  /** Awards in columns: when they begin and end, and what they are worth. */
  const starts: number[] = [];
  const ends: number[] = [];
  const worths: number[] = [];
  let count = 0;

  const endOf = (start: number) => (lifetime ? addDuration(start, lifetime) : Infinity);
  /** In hundredths; an award that has faded to 0 never rises again. */
  const valueAt = (instant: number, start: number, worth: number) =>
    hundredths(worth * factor(Math.max(0, Math.floor((instant - start) / step))));

  /** The awards that may be active at an instant or later, as what matches at that instant has it. */
  const gather = (instant: number) => {
    const { count: chosen, items } = select(matching.at(instant), engagements);
    const { sources, instants, weights } = engagements;
    // Ends never fall from one award to the next, so those that have not expired are the last.
    let first = chosen;
    while (first > 0 && endOf(instants[items[first - 1]!]!) > instant) first--;
    count = 0;
    for (let index = first; index < chosen; index++) {
      const number = items[index]!;
      const start = instants[number]!;
      const worth = pointsOf(sources[number]!) * weights[number]!;
      const value = lasts ? hundredths(worth) : valueAt(instant, start, worth);
      if (value === 0) continue;
      starts[count] = start;
      ends[count] = endOf(start);
      worths[count] = lasts ? value : worth;
      count++;
    }
  };

  return {
    begin(scene) {
      engagements = scene.engagements;
      matching.begin(scene);
      gather(scene.from);
    },
    at(instant, { gains, losses, awards, untils }, row) {
      if (!matching.fixed) gather(instant);
      let gain = 0;
      let loss = 0;
      let active = 0;
      let until = Infinity;
      for (let index = 0; index < count; index++) {
        const start = starts[index]!;
        const end = ends[index]!;
        if (start > instant) break;
        if (end <= instant) continue;
        const value = lasts ? worths[index]! : valueAt(instant, start, worths[index]!);
        if (value === 0) continue;
        if (value > 0) gain += value;
        else loss += value;
        active++;
        if (end < until) until = end;
        if (!lasts) until = Math.min(until, start + (Math.floor((instant - start) / step) + 1) * step);
      }
      gains[row] = gain;
      losses[row] = loss;
      awards[row] = active;
      untils[row] = until;
    },
    dates(instant) {
      gather(instant);
      return starts.slice(0, count).filter((start) => start <= instant);
    },
  };
}

function compilePoints({ points, pointsFrom }: EngagementRule): (source: ScoredEngagement) => number {
  if (pointsFrom === undefined) return () => points;
  const read = reader(pointsFrom);
  return (source) => {
    const factor = read(source);
    return typeof factor === 'number' ? clamp(points * factor, -MOST, MOST) : 0;
  };
}
