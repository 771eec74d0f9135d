/** Section 3.1: explicit facts, held while they are true or once for good. */
import type { Test } from '../comparison.ts';
import { compileSeen } from '../condition.ts';
import { put, turnsOf, type Course, type Once } from '../course.ts';
import { addDuration, parseDuration } from '../duration.ts';
import type { Facts } from '../facts.ts';
import { parseInstant } from '../instant.ts';
import { hundredths } from '../points.ts';
import type { AttributeRule } from '../schema/rule.ts';

export function compileAttributeCourse(rule: AttributeRule, facts: Facts): Course {
  const when = compileSeen(rule.when, facts);
  return rule.hold === 'once' ? compileOnce(rule, when) : compileWhile(rule, when);
}

function compileWhile(rule: AttributeRule, when: Test): Course {
  const points = hundredths(rule.points);
  let record: unknown;
  return {
    begin(scene) {
      record = scene.record;
      when.turns?.(record, scene.turns);
    },
    at(instant, moment, row) {
      const holds = when.holds(record, instant);
      put(moment, row, holds ? points : 0, holds ? 1 : 0, Infinity);
    },
  };
}

function compileOnce(rule: AttributeRule, when: Test): Course {
  const points = hundredths(rule.points);
  const lifetime = rule.expires === undefined ? undefined : parseDuration(rule.expires);
  let once: Once = {};
  let end = -Infinity;
  return {
    begin(scene) {
      const { record, from } = scene;
      const holdsAt = (instant: number) => when.holds(record, instant);
      const before = Object.hasOwn(scene.earned, rule.key) ? parseInstant(scene.earned[rule.key]) : undefined;
      const earned = before ?? (holdsAt(from) ? from : undefined);
      if (earned === undefined) {
        const earns = turnsOf(when, scene).find(holdsAt);
        once = earns === undefined ? {} : { earns };
        end = -Infinity;
      } else {
        once = { earned };
        end = lifetime ? addDuration(earned, lifetime) : Infinity;
      }
    },
    at(instant, moment, row) {
      if (instant < end) put(moment, row, points, 1, end);
      else put(moment, row, 0, 0, Infinity);
    },
    dates: () => (once.earned === undefined ? [] : [once.earned]),
    once: () => once,
  };
}
