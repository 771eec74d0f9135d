import type { RuleCourse, Scene } from '../course.ts';
import type { Rule } from '../schema/rule.ts';
import { compileAttributeRule } from './attribute.ts';
import { compileEngagementRule } from './engagement.ts';
import { compileFrequencyRule } from './frequency.ts';
import { compileInactivityRule } from './inactivity.ts';

export function compileRule(rule: Rule): (scene: Scene) => RuleCourse {
  switch (rule.kind) {
    case 'attribute':
      return compileAttributeRule(rule);
    case 'engagement':
      return compileEngagementRule(rule);
    case 'frequency':
      return compileFrequencyRule(rule);
    case 'inactivity':
      return compileInactivityRule(rule);
  }
}
