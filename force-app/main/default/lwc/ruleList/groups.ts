import { parseModel, type Category, type Model, type Rule } from 'c/scoringCore';
import { modelReach, type Reach } from 'c/scoringAdvice';
import LOCALE from '@salesforce/i18n/locale';
import { formatLabel } from 'c/formatLabel';
import { findingsIn, type Finding } from 'c/modelDraft';
import { ruleInWords } from 'c/modelWords';
import others from '@salesforce/label/c.Category_None';
import budget from '@salesforce/label/c.Category_Budget';
import budgetHeld from '@salesforce/label/c.Category_Budget_Held';
import budgetOpen from '@salesforce/label/c.Category_Budget_Open';
import budgetOpenHeld from '@salesforce/label/c.Category_Budget_Open_Held';
import problems from '@salesforce/label/c.Finding_Problem';
import warnings from '@salesforce/label/c.Finding_Warning';
import openRule from '@salesforce/label/c.Rule_Open';
import closeRule from '@salesforce/label/c.Rule_Close';
import enabledRule from '@salesforce/label/c.Rule_Enabled';
import moreForRule from '@salesforce/label/c.Rule_More';

/** A rule as the list shows it. */
interface Row {
  key: string;
  index: number;
  name: string;
  summary: string;
  value: Rule;
  enabled: boolean;
  isOpen: boolean;
  expanded: 'true' | 'false';
  chevron: string;
  toggleText: string;
  enabledText: string;
  menuText: string;
  findings: Finding[];
  badge?: string;
  badgeClass?: string;
}

/** A category with its rules, or the rules without one. */
export interface Group {
  key: string;
  name: string;
  isCategory: boolean;
  index?: number;
  category?: string;
  min?: number;
  max?: number;
  namePath?: string;
  minPath?: string;
  maxPath?: string;
  rules: Row[];
  /** What the rules come to at the most, beside the limit. */
  budget?: string;
  hasBar: boolean;
  /** As wide as the share of the limit that the rules can use. */
  barStyle: string;
}

const points = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });

export function groupsOf(draft: Model, findings: readonly Finding[], open: string | undefined): Group[] {
  const { categories = [] } = draft;
  const parsed = parseModel(draft);
  const reach = parsed.ok ? modelReach(parsed.model).categories : [];
  const rows = draft.rules.map((rule, index) => rowOf(rule, index, findings, open));
  const known = new Set(categories.map(({ key }) => key));
  const groups = categories.map((category, index): Group => ({
    ...category,
    index,
    category: category.key,
    isCategory: true,
    namePath: `/categories/${index}/name`,
    minPath: `/categories/${index}/min`,
    maxPath: `/categories/${index}/max`,
    rules: rows.filter(({ value }) => value.category === category.key),
    ...budgetOf(category, reach[index]?.sum),
  }));
  const rest = rows.filter(({ value }) => value.category === undefined || !known.has(value.category));
  return [...groups, { key: ' none', name: others, isCategory: false, rules: rest, hasBar: false, barStyle: '' }];
}

function rowOf(rule: Rule, index: number, findings: readonly Finding[], open: string | undefined): Row {
  const own = findingsIn(findings, `/rules/${index}`);
  const isOpen = rule.key === open;
  return {
    key: rule.key,
    index,
    name: rule.name,
    summary: summaryOf(rule),
    value: rule,
    enabled: rule.enabled !== false,
    isOpen,
    expanded: isOpen ? 'true' : 'false',
    chevron: isOpen ? 'utility:chevrondown' : 'utility:chevronright',
    toggleText: formatLabel(isOpen ? closeRule : openRule, rule.name),
    enabledText: formatLabel(enabledRule, rule.name),
    menuText: formatLabel(moreForRule, rule.name),
    findings: own,
    ...badgeOf(own),
  };
}

/** Rules stay the same object until they are edited, so that a keystroke puts one rule into words and not all. */
const summaries = new WeakMap<Rule, string>();

function summaryOf(rule: Rule): string {
  const known = summaries.get(rule);
  if (known !== undefined) return known;
  const summary = ruleInWords(rule);
  summaries.set(rule, summary);
  return summary;
}

function badgeOf(findings: Finding[]): { badge?: string; badgeClass?: string } {
  if (findings.length === 0) return {};
  const isProblem = findings.some(({ kind }) => kind === 'problem');
  return {
    badge: isProblem ? problems : warnings,
    badgeClass: isProblem ? 'slds-theme_error' : 'slds-theme_warning',
  };
}

function budgetOf({ max }: Category, sum: Reach | undefined): Pick<Group, 'budget' | 'hasBar' | 'barStyle'> {
  if (!sum) return { hasBar: false, barStyle: '' };
  const most = sum.high / 100;
  if (!Number.isFinite(most)) {
    const text = max === undefined ? budgetOpen : formatLabel(budgetOpenHeld, points.format(max));
    return { budget: text, hasBar: max !== undefined, barStyle: width(100) };
  }
  if (max === undefined) return { budget: formatLabel(budget, points.format(most)), hasBar: false, barStyle: '' };
  const text = formatLabel(budgetHeld, points.format(most), points.format(max));
  return { budget: text, hasBar: max > 0, barStyle: width((most / max) * 100) };
}

const width = (percent: number): string => `width: ${Math.min(100, Math.round(percent))}%`;
