/** What one rule says that has no effect, or another than meant. */
import { compileDecay } from '../decay.ts';
import { span } from '../duration.ts';
import { hundredths } from '../points.ts';
import type { Model } from '../schema/model.ts';
import type { EngagementRule, Rule } from '../schema/rule.ts';
import type { Warn } from './lint.ts';
import { lengths, neverApplies } from './reach.ts';

/** What is left of an award may be as much as this part of it when it expires. */
const HALF = 0.5;

export function lintRule(rule: Rule, model: Model, warn: Warn): void {
  if (neverApplies(rule, model)) {
    warnNever(rule, warn);
    return;
  }
  const { name, points, max } = rule;
  const brings = rule.kind === 'engagement' && rule.pointsFrom !== undefined;
  if (max !== undefined && max < Math.abs(points) && !brings) {
    warn(
      'max-below-points',
      ['max'],
      `"${name}" is worth ${points} points, but never brings more than its max ${max}.`,
    );
  }
  if (rule.kind !== 'engagement') return;
  if (rule.award === 'first' && rule.limit) {
    warn(
      'limit-without-effect',
      ['limit'],
      `"${name}" is awarded for the first engagement only; its limit has no effect.`,
    );
  }
  if (rule.decay) lintDecay(rule, rule.decay, warn);
}

function warnNever(rule: Rule, warn: Warn): void {
  const never = `"${rule.name}" can never apply`;
  const excluding = `${never}: its condition asks for things that exclude each other.`;
  if (rule.kind === 'attribute') warn('never-applies', ['when'], excluding);
  else if (rule.types.length === 0) warn('never-applies', ['types'], `${never}: it names no types of engagements.`);
  else if (rule.where) warn('never-applies', ['where'], excluding);
  else warn('never-awarded', ['types'], `${never}: every verdict has the weight 0, so no engagement counts.`);
}

/** How an award fades beside when it expires. */
function lintDecay(
  { name, points, expires }: EngagementRule,
  decay: NonNullable<EngagementRule['decay']>,
  warn: Warn,
): void {
  const { step, factor } = compileDecay(decay);
  if (factor(1) === 1) {
    warn('decay-without-effect', ['decay'], `The points of "${name}" never fade: its decay keeps all of them.`);
    return;
  }
  if (decay.kind === 'linear' && span(decay.over) < step) {
    const message = `The points of "${name}" do not fade, they are gone after the first step of its decay; make the step shorter than ${decay.over}.`;
    warn('decay-without-effect', ['decay'], message);
  }
  if (expires === undefined) return;
  const { shortest, longest } = lengths(expires);
  const left = factor(Math.ceil(longest / step) - 1);
  if (left === 1) {
    const message = `"${name}" expires after ${expires}, before its decay takes the first points.`;
    warn('decay-without-effect', ['decay'], message);
  } else if (left > HALF) {
    const percent = Math.round(left * 100);
    const message = `The decay of "${name}" is slower than its expiry: ${percent} % of an award are left when it expires after ${expires}.`;
    warn('decay-slower-than-expiry', ['decay'], message);
  } else if (hundredths(points * factor(Math.ceil(shortest / step) - 1)) === 0) {
    warn(
      'expiry-without-effect',
      ['expires'],
      `The points of "${name}" have faded to 0 before they expire after ${expires}.`,
    );
  }
}
