/** Section 3.1: one award while enough matching engagements lie in `(at - within, at]`. */
import { put, type Course } from '../course.ts';
import { span } from '../duration.ts';
import { compileMatching } from '../matching.ts';
import { hundredths } from '../points.ts';
import type { FrequencyRule } from '../schema/rule.ts';

export function compileFrequencyCourse(rule: FrequencyRule, place: number): Course {
  const matching = compileMatching(rule, place);
  const within = span(rule.within);
  const points = hundredths(rule.points);
  return {
    begin: matching.begin,
    at(instant, moment, row) {
      // The award is held for as long as the count-th latest engagement stays in the window.
      const end = (matching.latest(instant, rule.count - 1) ?? -Infinity) + within;
      if (instant < end) put(moment, row, points, 1, end);
      else put(moment, row, 0, 0, Infinity);
    },
    dates: (instant) => matching.instantsUntil(instant).filter((occurred) => instant - within < occurred),
  };
}
