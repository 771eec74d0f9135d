import type { Course } from '../course.ts';
import type { Facts } from '../facts.ts';
import type { Rule } from '../schema/rule.ts';
import { compileAttributeCourse } from './attribute.ts';
import { compileEngagementCourse } from './engagement.ts';
import { compileFrequencyCourse } from './frequency.ts';
import { compileInactivityCourse } from './inactivity.ts';

/** @param place that of the rule among those that are enabled */
export function compileCourse(rule: Rule, place: number, facts: Facts): Course {
  switch (rule.kind) {
    case 'attribute':
      return compileAttributeCourse(rule, facts);
    case 'engagement':
      return compileEngagementCourse(rule, place);
    case 'frequency':
      return compileFrequencyCourse(rule, place);
    case 'inactivity':
      return compileInactivityCourse(rule, place);
  }
}
