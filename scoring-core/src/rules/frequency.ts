/** Section 3.1: one award while enough matching engagements lie in `(at - within, at]`. */
import { contributing, nextAfter, type RuleCourse, type Scene } from '../course.ts';
import { span } from '../duration.ts';
import { compileMatching } from '../matching.ts';
import { hundredths } from '../points.ts';
import type { FrequencyRule } from '../schema/rule.ts';

export function compileFrequencyRule(rule: FrequencyRule, slot: number): (scene: Scene) => RuleCourse {
  const matching = compileMatching(rule, slot);
  const within = span(rule.within);
  const points = hundredths(rule.points);

  return (scene) => {
    const { at: matchesAt, turns } = matching(scene);
    return {
      turns,
      dates: (instant) =>
        matchesAt(instant)
          .map((engagement) => engagement.instant)
          .filter((occurred) => instant - within < occurred && occurred <= instant),
      at(instant) {
        const occurred = matchesAt(instant).filter((engagement) => engagement.instant <= instant);
        // The award is held for as long as the count-th latest engagement stays in the window.
        const end = (occurred.at(-rule.count)?.instant ?? -Infinity) + within;
        const next = nextAfter(turns, instant);
        return instant < end ? contributing(points, 1, Math.min(next, end)) : contributing(0, 0, next);
      },
    };
  };
}
