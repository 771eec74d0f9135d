/** Rules that award the same thing twice, or reward and punish it at the same time. */
import { canonicalText } from '../canonical.ts';
import { span } from '../duration.ts';
import type { Condition } from '../schema/condition.ts';
import type { Model } from '../schema/model.ts';
import type { FrequencyRule, InactivityRule, Rule } from '../schema/rule.ts';
import type { Warn } from './lint.ts';

export function lintTwice({ rules }: Model, warn: Warn): void {
  const seen = new Map<string, Rule>();
  for (const [index, rule] of rules.entries()) {
    if (rule.enabled === false) continue;
    const what = occasion(rule);
    const other = seen.get(what);
    if (!other) seen.set(what, rule);
    else if (Math.sign(other.points) === Math.sign(rule.points)) {
      const message = `"${rule.name}" awards the same thing as "${other.name}", so it counts twice; leave one of them out.`;
      warn('awarded-twice', ['rules', index], message);
    }
    if (rule.kind === 'inactivity') lintSilence(rule, index, rules, warn);
  }
}

/** What an award is given for, as text: two rules with the same occasion always award together. */
function occasion(rule: Rule): string {
  switch (rule.kind) {
    case 'attribute':
      return canonicalText([rule.kind, normal(rule.when), rule.hold ?? 'while']);
    case 'engagement':
      return canonicalText([...engagements(rule), rule.award ?? 'each', rule.pointsFrom ?? '']);
    case 'frequency':
      return canonicalText([...engagements(rule), rule.count, span(rule.within)]);
    case 'inactivity':
      return canonicalText([...engagements(rule), span(rule.after)]);
  }
}

const engagements = ({ kind, types, where }: Exclude<Rule, { kind: 'attribute' }>) => [
  kind,
  [...new Set(types)].sort(),
  where ? normal(where) : '',
];

/** The order of what is in `all` and `any` does not matter, nor do brackets around a single condition. */
function normal(condition: Condition): unknown {
  if ('not' in condition) return { not: normal(condition.not) };
  const name = 'all' in condition ? 'all' : 'any';
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : undefined;
  if (!parts) return condition;
  const texts = new Map(parts.map(normal).map((part) => [canonicalText(part), part]));
  const distinct = [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
  return distinct.length === 1 ? distinct[0] : { [name]: distinct };
}

/** Whoever is active enough for the one rule counts as silent for the other. */
function lintSilence(silence: InactivityRule, index: number, rules: readonly Rule[], warn: Warn): void {
  const contrary = rules.find(
    (rule): rule is FrequencyRule =>
      rule.kind === 'frequency' &&
      rule.enabled !== false &&
      Math.sign(rule.points) !== Math.sign(silence.points) &&
      span(rule.within) > span(silence.after) &&
      canonicalText(engagements(rule).slice(1)) === canonicalText(engagements(silence).slice(1)),
  );
  if (!contrary) return;
  const message = `After ${silence.after} "${silence.name}" applies, while the same engagements still count as frequent for "${contrary.name}", which looks back ${contrary.within}.`;
  warn('active-and-silent', ['rules', index, 'after'], message);
}
