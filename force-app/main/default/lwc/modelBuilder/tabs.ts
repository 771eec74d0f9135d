import type { Finding } from 'c/modelDraft';
import rules from '@salesforce/label/c.Builder_Rules';
import gates from '@salesforce/label/c.Builder_Gates';
import ratings from '@salesforce/label/c.Builder_Ratings';
import grades from '@salesforce/label/c.Builder_Grades';
import settings from '@salesforce/label/c.Builder_Settings';
import versions from '@salesforce/label/c.Builder_Versions';
import problem from '@salesforce/label/c.Finding_Problem';
import warning from '@salesforce/label/c.Finding_Warning';

export const TABS = ['rules', 'gates', 'thresholds', 'grades', 'settings', 'versions'] as const;
export type Tab = (typeof TABS)[number];

const LABELS: Record<Tab, string> = { rules, gates, thresholds: ratings, grades, settings, versions };

/** The parts of a model that each tab edits, by the beginnings of their paths. */
const PLACES: Record<Tab, RegExp> = {
  rules: /^\/(rules|categories)(\/|$)/,
  gates: /^\/gates(\/|$)/,
  thresholds: /^\/thresholds(\/|$)/,
  grades: /^\/grades(\/|$)/,
  settings: /^\/(name|range|decimals|verdictWeights)(\/|$)/,
  versions: /^$(?!)/,
};

/** What a tab is called, and the worst of what is wrong behind it. */
interface Heading {
  label: string;
  icon?: string;
  iconText?: string;
}

export const tabsWith = (findings: readonly Finding[]): Record<Tab, Heading> =>
  Object.fromEntries(TABS.map((tab) => [tab, headingOf(tab, findings)])) as Record<Tab, Heading>;

function headingOf(tab: Tab, findings: readonly Finding[]): Heading {
  const own = findings.filter(({ path }) => PLACES[tab].test(path));
  if (own.length === 0) return { label: LABELS[tab] };
  const isWrong = own.some(({ kind }) => kind === 'problem');
  return {
    label: LABELS[tab],
    icon: isWrong ? 'utility:error' : 'utility:warning',
    iconText: isWrong ? problem : warning,
  };
}

/** What no tab shows beside an input: the model as a whole, and whole lists. */
export const generalIn = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ path }) => !Object.values(PLACES).some((place) => place.test(path)) || /^\/[a-z]+$/i.test(path));
