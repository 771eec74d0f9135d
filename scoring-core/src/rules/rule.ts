import type { SeenTest } from '../condition.ts';
import type { RuleCourse, Scene } from '../course.ts';
import type { Rule } from '../schema/rule.ts';
import type { Slots } from '../slots.ts';
import { compileAttributeRule } from './attribute.ts';
import { compileEngagementRule } from './engagement.ts';
import { compileFrequencyRule } from './frequency.ts';
import { compileInactivityRule } from './inactivity.ts';

/** A fact is worth its points while it holds, and time does not move it; what may move runs a course. */
export type CompiledRule = { readonly fact: SeenTest } | { readonly course: (scene: Scene) => RuleCourse };

/** @param slot the place of the rule among those that are compiled */
export function compileRule(rule: Rule, slot: number, slots: Slots): CompiledRule {
  switch (rule.kind) {
    case 'attribute':
      return compileAttributeRule(rule, slots);
    case 'engagement':
      return { course: compileEngagementRule(rule, slot) };
    case 'frequency':
      return { course: compileFrequencyRule(rule, slot) };
    case 'inactivity':
      return { course: compileInactivityRule(rule, slot) };
  }
}
