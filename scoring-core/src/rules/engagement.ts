/** Section 3.1: one award per matching engagement, which may expire and fade. */
import { compileSelection } from '../award.ts';
import { nextAfter, type Contributing, type RuleCourse, type Scene } from '../course.ts';
import { compileDecay, unfading } from '../decay.ts';
import { addDuration, parseDuration } from '../duration.ts';
import type { Engagement } from '../engagements.ts';
import { compileMatching } from '../matching.ts';
import { reader } from '../path.ts';
import { clamp, hundredths } from '../points.ts';
import type { EngagementRule } from '../schema/rule.ts';
import { compileRunning } from './running.ts';

/** The most that one award brings where the engagement says how much. */
const MOST = 10_000;

interface Award {
  readonly start: number;
  readonly end: number;
  /** Points times weight, not rounded. */
  readonly worth: number;
}

export function compileEngagementRule(rule: EngagementRule, slot: number): (scene: Scene) => RuleCourse {
  const matching = compileMatching(rule, slot);
  const select = compileSelection(rule);
  const { step, factor } = rule.decay ? compileDecay(rule.decay) : unfading;
  const lifetime = rule.expires === undefined ? undefined : parseDuration(rule.expires);
  const points = compilePoints(rule);

  const toAward = (engagement: Engagement): Award => ({
    start: engagement.instant,
    end: lifetime ? addDuration(engagement.instant, lifetime) : Infinity,
    worth: points(engagement) * engagement.weight,
  });

  const factors: number[] = [];
  const factorAfter = (steps: number) => (factors[steps] ??= factor(steps));
  const stepsOf = ({ start }: Award, instant: number) => (step === Infinity ? 0 : Math.floor((instant - start) / step));
  /** In hundredths; an award that has faded to 0 never rises again. */
  const valueOf = (award: Award, steps: number) => hundredths(award.worth * factorAfter(steps));

  return (scene) => {
    const { at: matchesAt, fixed, turns } = matching(scene);
    const awardsAt = (instant: number) => select(matchesAt(instant)).map(toAward);
    const isActive = (award: Award, instant: number) =>
      award.start <= instant && instant < award.end && valueOf(award, stepsOf(award, instant)) !== 0;
    /** Those that may be active now or later, where time does not move what matches. */
    const awards = fixed
      ? awardsAt(scene.from).filter((award) => award.start > scene.from || isActive(award, scene.from))
      : undefined;
    const dates = (instant: number) =>
      (awards ?? awardsAt(instant)).filter((award) => isActive(award, instant)).map(({ start }) => start);

    if (awards && step === Infinity) {
      const lasting = awards.map(({ start, end, worth }) => ({ start, end, value: hundredths(worth) }));
      const running = compileRunning(lasting.filter(({ value }) => value !== 0));
      return { turns, at: (instant) => running(instant, nextAfter(turns, instant)), dates };
    }
    const at = (instant: number): Contributing => {
      let [gain, loss, active, until] = [0, 0, 0, nextAfter(turns, instant)];
      for (const award of awards ?? awardsAt(instant)) {
        if (award.start > instant) break;
        if (instant >= award.end) continue;
        const steps = stepsOf(award, instant);
        const value = valueOf(award, steps);
        if (value === 0) continue;
        if (value > 0) gain += value;
        else loss += value;
        active++;
        until = Math.min(until, award.end, step === Infinity ? Infinity : award.start + (steps + 1) * step);
      }
      return { gain, loss, awards: active, until };
    };
    return { turns, at, dates };
  };
}

function compilePoints({ points, pointsFrom }: EngagementRule): (engagement: Engagement) => number {
  if (pointsFrom === undefined) return () => points;
  const read = reader(pointsFrom);
  return ({ source }) => {
    const factor = read(source);
    return typeof factor === 'number' ? clamp(points * factor, -MOST, MOST) : 0;
  };
}
