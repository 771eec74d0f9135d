/** Section 3.1: explicit facts, held while they are true or once for good. */
import type { Test } from '../comparison.ts';
import { compileSeen } from '../condition.ts';
import { contributing, nextAfter, turnsOf, type RuleCourse, type Scene } from '../course.ts';
import { addDuration, parseDuration } from '../duration.ts';
import { hundredths } from '../points.ts';
import type { AttributeRule } from '../schema/rule.ts';
import type { Slots } from '../slots.ts';
import type { CompiledRule } from './rule.ts';

export function compileAttributeRule(rule: AttributeRule, slots: Slots): CompiledRule {
  const when = compileSeen(rule.when, slots);
  if (rule.hold === 'once') return { course: compileOnce(rule, when) };
  return when.turns ? { course: compileWhile(rule, when) } : { fact: when };
}

function compileWhile(rule: AttributeRule, when: Test): (scene: Scene) => RuleCourse {
  const points = hundredths(rule.points);
  return (scene) => {
    const turns = turnsOf(when, scene);
    return {
      turns,
      at(instant) {
        const holds = when.holds(scene.record, instant);
        return contributing(holds ? points : 0, holds ? 1 : 0, nextAfter(turns, instant));
      },
    };
  };
}

function compileOnce(rule: AttributeRule, when: Test): (scene: Scene) => RuleCourse {
  const points = hundredths(rule.points);
  const lifetime = rule.expires === undefined ? undefined : parseDuration(rule.expires);
  const never = contributing(0, 0, Infinity);

  return (scene) => {
    const holdsAt = (instant: number) => when.holds(scene.record, instant);
    const earned = scene.earned(rule.key) ?? (holdsAt(scene.from) ? scene.from : undefined);
    if (earned === undefined) return { turns: [], at: () => never, earns: turnsOf(when, scene).find(holdsAt) };
    const end = lifetime ? addDuration(earned, lifetime) : Infinity;
    return {
      turns: [],
      at: (instant) => (instant < end ? contributing(points, 1, end) : never),
      dates: () => [earned],
      earned,
    };
  };
}
