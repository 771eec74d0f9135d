/** How low and how high rules, categories and the score can get: bounds that nothing passes, in hundredths. */
import { compileDecay, unfading } from '../decay.ts';
import { parseDuration, span } from '../duration.ts';
import { verdictWeights } from '../engagements.ts';
import { clamp, hundredths, limitOf, roundTo } from '../points.ts';
import type { Model } from '../schema/model.ts';
import type { EngagementRule, Rule } from '../schema/rule.ts';
import { canHold } from './can-hold.ts';

export interface Reach {
  readonly low: number;
  readonly high: number;
}

const DAY = 86_400_000;

/** Awards that count at the same time are added up to this many; beyond it there is no bound. */
const MOST = 10_000;

/** Points that a rule whose `pointsFrom` multiplies them can award at most. */
const MOST_POINTS = 10_000;

export const nothing: Reach = { low: 0, high: 0 };

/** From what a rule takes at the most to what it brings at the most. */
export function ruleReach(rule: Rule, model: Pick<Model, 'verdictWeights'>): Reach {
  if (neverApplies(rule, model)) return nothing;
  const { low, high } = awardsReach(rule, Math.max(...Object.values(verdictWeights(model))));
  const max = limitOf(rule.max, Infinity);
  return { low: Math.max(low, -max), high: Math.min(high, max) };
}

export function neverApplies(rule: Rule, model: Pick<Model, 'verdictWeights'>): boolean {
  if (rule.kind === 'attribute') return !canHold(rule.when);
  if (rule.kind === 'inactivity') return false; // it counts from CreatedDate where nothing matches
  const weightless = Object.values(verdictWeights(model)).every((weight) => weight === 0);
  return weightless || rule.types.length === 0 || (rule.where !== undefined && !canHold(rule.where));
}

function awardsReach(rule: Rule, weight: number): Reach {
  switch (rule.kind) {
    case 'attribute':
    case 'frequency':
      return signed(hundredths(rule.points));
    case 'inactivity':
      return signed(hundredths(rule.points) * (rule.every === undefined ? 1 : Infinity));
    case 'engagement': {
      if (rule.pointsFrom === undefined) return signed(atOnce(rule, rule.points * weight));
      const most = atOnce(rule, MOST_POINTS * weight);
      return { low: -most, high: most };
    }
  }
}

const signed = (points: number): Reach => ({ low: Math.min(points, 0), high: Math.max(points, 0) });

/** The awards that can count at the same time: as many as `limit` lets through, again and again until they are gone. */
function atOnce({ award, limit, expires, decay }: EngagementRule, worth: number): number {
  if (award === 'first') return hundredths(worth);
  if (!limit) return Math.sign(worth) * Infinity;
  const { step, factor } = decay ? compileDecay(decay) : unfading;
  const within = span(limit.within);
  const end = expires === undefined ? Infinity : lengths(expires).longest;
  let sum = 0;
  for (let times = 0; times * within < end; times++) {
    const value = hundredths(worth * factor(step === Infinity ? 0 : Math.floor((times * within) / step)));
    if (value === 0) return sum;
    if (times === MOST) return Math.sign(worth) * Infinity;
    sum += value * limit.count;
  }
  return sum;
}

/** The least and the most that a duration can come to, as months have 28 to 31 days. */
export function lengths(duration: string): { shortest: number; longest: number } {
  const { months = 0, milliseconds = 0 } = parseDuration(duration) ?? {};
  return { shortest: months * 28 * DAY + milliseconds, longest: months * 31 * DAY + milliseconds };
}

/** Before the category's own limits. Of rules that exclude each other only one counts. */
export function sumReach(rules: readonly Rule[], model: Model): Reach {
  const groups: Rule[][] = [];
  for (const rule of rules) {
    const group = groups.find((others) => others.every((other) => areExclusive(rule, other)));
    if (group) group.push(rule);
    else groups.push([rule]);
  }
  const reaches = groups.map((group) => {
    const each = group.map((rule) => ruleReach(rule, model));
    return { low: Math.min(...each.map(({ low }) => low)), high: Math.max(...each.map(({ high }) => high)) };
  });
  return reaches.reduce((sum, { low, high }) => ({ low: sum.low + low, high: sum.high + high }), nothing);
}

/** Facts that cannot hold at the same time; once earned they can. */
function areExclusive(a: Rule, b: Rule): boolean {
  if (a.kind !== 'attribute' || b.kind !== 'attribute' || a.hold === 'once' || b.hold === 'once') return false;
  return !canHold({ all: [a.when, b.when] });
}

export interface ModelReach {
  /** In the model's order: what the rules come to, before the limits of the category and within them. */
  readonly categories: readonly { readonly sum: Reach; readonly limited: Reach }[];
  /** While every gate is met. */
  readonly score: Reach;
}

export function modelReach(model: Model): ModelReach {
  const { categories = [], range = {}, decimals = 0 } = model;
  const enabled = model.rules.filter((rule) => rule.enabled !== false);
  const of = (category: string | undefined) =>
    sumReach(
      enabled.filter((rule) => rule.category === category),
      model,
    );
  const reaches = categories.map(({ key, min, max }) => {
    const sum = of(key);
    return { sum, limited: within(sum, limitOf(min, -Infinity), limitOf(max, Infinity)) };
  });
  const total = reaches.reduce(
    ({ low, high }, { limited }) => ({ low: low + limited.low, high: high + limited.high }),
    of(undefined),
  );
  const { low, high } = within(total, limitOf(range.min, -Infinity), limitOf(range.max, Infinity));
  return { categories: reaches, score: { low: rounded(low, decimals), high: rounded(high, decimals) } };
}

const within = ({ low, high }: Reach, min: number, max: number): Reach => ({
  low: clamp(low, min, max),
  high: clamp(high, min, max),
});

const rounded = (value: number, decimals: number) => (Number.isFinite(value) ? roundTo(value, decimals) : value);
