import type { Model } from '../schema/model.ts';
import { pointer, type Problem } from '../schema/problems.ts';
import { lintCategories, lintGates, lintGrades, lintThresholds } from './ladders.ts';
import { modelReach } from './reach.ts';
import { lintRule } from './rule.ts';
import { lintTwice } from './twice.ts';

export type Warning = Problem & {
  /** What kind of warning it is, for those who show texts of their own. */
  code: WarningCode;
};

export type WarningCode =
  | 'never-applies'
  | 'never-awarded'
  | 'awarded-twice'
  | 'max-below-points'
  | 'limit-without-effect'
  | 'decay-without-effect'
  | 'decay-slower-than-expiry'
  | 'expiry-without-effect'
  | 'active-and-silent'
  | 'category-unused'
  | 'category-constant'
  | 'threshold-unreachable'
  | 'threshold-passed-over'
  | 'threshold-never-left'
  | 'step-unreachable'
  | 'gate-never-open'
  | 'gate-never-blocks'
  | 'no-rules';

/** `place` leads to what the warning is about. */
export type Warn = (code: WarningCode, place: readonly PropertyKey[], message: string) => void;

/**
 * What is allowed in a model, but is hardly meant: rules that never apply, thresholds that no score reaches, limits that
 * limit nothing. A warning is given only where it is certain; disabled rules are passed over. In the model's order.
 *
 * @param model one that parseModel has accepted
 * @example
 * lint({ ...model, thresholds: [{ rating: 'Hot', min: 90 }] })
 * // [{ code: 'threshold-unreachable', path: '/thresholds/0/min', message: 'No score reaches 90 ...; the highest is 60.' }]
 */
export function lint(model: Model): Warning[] {
  const warnings: Warning[] = [];
  const warn: Warn = (code, place, message) => warnings.push({ code, path: pointer(place), message });
  const reach = modelReach(model);

  if (model.rules.every(({ enabled }) => enabled === false)) {
    warn('no-rules', ['rules'], 'No rule is enabled, so every record has the same score.');
  }
  lintCategories(model, reach, warn);
  for (const [index, rule] of model.rules.entries()) {
    if (rule.enabled === false) continue;
    lintRule(rule, model, (code, place, message) => {
      warn(code, ['rules', index, ...place], message);
    });
  }
  lintTwice(model, warn);
  lintGates(model, reach, warn);
  lintThresholds(model, reach, warn);
  lintGrades(model, reach, warn);
  return warnings;
}
