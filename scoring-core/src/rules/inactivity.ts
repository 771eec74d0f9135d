/** Section 3.1: points for every stretch of time without a matching engagement. */
import { put, type Course } from '../course.ts';
import { span } from '../duration.ts';
import { parseInstant } from '../instant.ts';
import { compileMatching } from '../matching.ts';
import { reader } from '../path.ts';
import { hundredths } from '../points.ts';
import type { InactivityRule } from '../schema/rule.ts';

const readCreated = reader('CreatedDate');

export function compileInactivityCourse(rule: InactivityRule, place: number): Course {
  const matching = compileMatching(rule, place);
  const after = span(rule.after);
  const every = rule.every === undefined ? Infinity : span(rule.every);
  const points = hundredths(rule.points);
  const enough = rule.max === undefined ? Infinity : hundredths(rule.max);
  let created: number | undefined;
  return {
    begin(scene) {
      matching.begin(scene);
      created = parseInstant(readCreated(scene.record));
    },
    at(instant, moment, row) {
      const last = matching.latest(instant, 0) ?? created;
      const over = last === undefined ? -Infinity : instant - last - after;
      if (last === undefined || over < 0) {
        put(moment, row, 0, 0, last === undefined ? Infinity : last + after);
        return;
      }
      const times = every === Infinity ? 1 : 1 + Math.floor(over / every);
      const grown = Math.abs(points) * times >= enough ? Infinity : last + after + times * every;
      put(moment, row, points * times, times, grown);
    },
  };
}
