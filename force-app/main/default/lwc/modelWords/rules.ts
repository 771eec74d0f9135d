import type { Decay, EngagementRule, Rule } from 'c/scoringCore';
import LOCALE from '@salesforce/i18n/locale';
import { inWords } from 'c/engagementTypes';
import { formatLabel } from 'c/formatLabel';
import { conditionInWords } from './conditions';
import { durationInWords } from './durations';
import whileLabel from '@salesforce/label/c.Rule_While';
import once from '@salesforce/label/c.Rule_Once';
import each from '@salesforce/label/c.Rule_Each';
import first from '@salesforce/label/c.Rule_First';
import distinct from '@salesforce/label/c.Rule_Distinct';
import frequency from '@salesforce/label/c.Rule_Frequency';
import inactivity from '@salesforce/label/c.Rule_Inactivity';
import again from '@salesforce/label/c.Rule_Again';
import when from '@salesforce/label/c.Rule_When';
import limit from '@salesforce/label/c.Rule_Limit';
import expires from '@salesforce/label/c.Rule_Expires';
import halves from '@salesforce/label/c.Rule_Halves';
import fades from '@salesforce/label/c.Rule_Fades';
import keeps from '@salesforce/label/c.Rule_Keeps';
import times from '@salesforce/label/c.Rule_Times_Field';
import most from '@salesforce/label/c.Rule_Most';
import anything from '@salesforce/label/c.Types_Any';
import anyOf from '@salesforce/label/c.Types_Any_Of';
import none from '@salesforce/label/c.Types_None';
import quoted from '@salesforce/label/c.Words_Quoted';

const points = new Intl.NumberFormat(LOCALE, { signDisplay: 'always', maximumFractionDigits: 2 });
const plain = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });
const share = new Intl.NumberFormat(LOCALE, { style: 'percent' });
const alternatives = new Intl.ListFormat(LOCALE, { type: 'disjunction' });

/** A rule in a line: "+5 for each click, at most 3 in 7 days, halves every 14 days". */
export function ruleInWords(rule: Rule): string {
  const max = rule.max === undefined ? [] : [formatLabel(most, plain.format(rule.max))];
  return [mainPart(rule), ...details(rule), ...max].join(', ');
}

function mainPart(rule: Rule): string {
  const worth = points.format(rule.points);
  switch (rule.kind) {
    case 'attribute':
      return formatLabel(rule.hold === 'once' ? once : whileLabel, worth, conditionInWords(rule.when));
    case 'engagement':
      return awardInWords(rule, worth);
    case 'frequency':
      return formatLabel(frequency, worth, rule.count, typesInWords(rule.types), durationInWords(rule.within));
    case 'inactivity':
      return formatLabel(inactivity, worth, durationInWords(rule.after), typesInWords(rule.types));
  }
}

function awardInWords({ award = 'each', types }: EngagementRule, worth: string): string {
  const what = typesInWords(types);
  if (award === 'each') return formatLabel(each, worth, what);
  return award === 'first' ? formatLabel(first, worth, what) : formatLabel(distinct, worth, what, award.distinct);
}

function details(rule: Rule): string[] {
  const parts: string[] = [];
  if (rule.kind === 'engagement' && rule.pointsFrom) parts.push(formatLabel(times, rule.pointsFrom));
  if ('where' in rule && rule.where) parts.push(formatLabel(when, conditionInWords(rule.where)));
  if (rule.kind === 'engagement' && rule.limit)
    parts.push(formatLabel(limit, rule.limit.count, durationInWords(rule.limit.within)));
  if (rule.kind === 'engagement' && rule.decay) parts.push(decayInWords(rule.decay));
  if ('expires' in rule && rule.expires) parts.push(formatLabel(expires, durationInWords(rule.expires)));
  if (rule.kind === 'inactivity' && rule.every) parts.push(formatLabel(again, durationInWords(rule.every)));
  return parts;
}

function decayInWords(decay: Decay): string {
  switch (decay.kind) {
    case 'exponential':
      return formatLabel(halves, durationInWords(decay.halfLife));
    case 'linear':
      return formatLabel(fades, durationInWords(decay.over));
    case 'steps':
      return formatLabel(keeps, share.format(decay.keep), durationInWords(decay.every));
  }
}

/** "Submitted a form or visited a web page". */
export function typesInWords(types: readonly string[]): string {
  if (types.length === 0) return none;
  return alternatives.format(types.map((type) => formatLabel(quoted, typeInWords(type))));
}

export function typeInWords(type: string): string {
  if (type === '*') return anything;
  return type.endsWith('.*') ? formatLabel(anyOf, type.slice(0, -2)) : inWords(type);
}
