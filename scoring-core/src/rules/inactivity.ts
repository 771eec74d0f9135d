/** Section 3.1: points for every stretch of time without a matching engagement. */
import { contributing, nextAfter, type RuleCourse, type Scene } from '../course.ts';
import { span } from '../duration.ts';
import { parseInstant } from '../instant.ts';
import { compileMatching } from '../matching.ts';
import { reader } from '../path.ts';
import { hundredths } from '../points.ts';
import type { InactivityRule } from '../schema/rule.ts';

const readCreated = reader('CreatedDate');

export function compileInactivityRule(rule: InactivityRule, slot: number): (scene: Scene) => RuleCourse {
  const matching = compileMatching(rule, slot);
  const after = span(rule.after);
  const every = rule.every === undefined ? Infinity : span(rule.every);
  const points = hundredths(rule.points);
  const enough = rule.max === undefined ? Infinity : hundredths(rule.max);

  return (scene) => {
    const { at: matchesAt, turns } = matching(scene);
    const created = parseInstant(readCreated(scene.record));
    return {
      turns,
      at(instant) {
        const next = nextAfter(turns, instant);
        const last = matchesAt(instant).findLast((engagement) => engagement.instant <= instant)?.instant ?? created;
        if (last === undefined) return contributing(0, 0, next);
        const over = instant - last - after;
        if (over < 0) return contributing(0, 0, Math.min(next, last + after));
        const times = every === Infinity ? 1 : 1 + Math.floor(over / every);
        const grown = Math.abs(points) * times >= enough ? Infinity : last + after + times * every;
        return contributing(points * times, times, Math.min(next, grown));
      },
    };
  };
}
