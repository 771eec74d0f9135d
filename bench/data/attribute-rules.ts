/** Fifty rules about facts: as conditions of a model, and each as one would write it in JavaScript by hand. */
import type { Condition, Model } from '../../scoring-core/src/index.ts';
import { countries, industries, sources, statuses } from './leads.ts';

export interface Fact {
  readonly points: number;
  readonly when: Condition;
  readonly code: string;
}

const is = (field: string, value: string | boolean): Omit<Fact, 'points'> => ({
  when: { field, op: 'eq', value },
  code: `lead.${field} === ${JSON.stringify(value)}`,
});
const among = (field: string, value: string[]): Omit<Fact, 'points'> => ({
  when: { field, op: 'in', value },
  code: `(${value.map((each) => `lead.${field} === ${JSON.stringify(each)}`).join(' || ')})`,
});
const compare = (field: string, op: 'gt' | 'gte' | 'lt' | 'lte', value: number): Omit<Fact, 'points'> => {
  const sign = { gt: '>', gte: '>=', lt: '<', lte: '<=' }[op];
  return { when: { field, op, value }, code: `(lead.${field} !== null && lead.${field} ${sign} ${value})` };
};
const wording = (field: string, op: 'contains' | 'startsWith' | 'endsWith', value: string): Omit<Fact, 'points'> => {
  const method = { contains: 'includes', startsWith: 'startsWith', endsWith: 'endsWith' }[op];
  return {
    when: { field, op, value },
    code: `(lead.${field} !== null && lead.${field}.${method}(${JSON.stringify(value)}))`,
  };
};
const all = (...facts: Omit<Fact, 'points'>[]): Omit<Fact, 'points'> => ({
  when: { all: facts.map(({ when }) => when) },
  code: `(${facts.map(({ code }) => code).join(' && ')})`,
});
const any = (...facts: Omit<Fact, 'points'>[]): Omit<Fact, 'points'> => ({
  when: { any: facts.map(({ when }) => when) },
  code: `(${facts.map(({ code }) => code).join(' || ')})`,
});
const tasks = (status: string, least: number): Omit<Fact, 'points'> => ({
  when: {
    related: 'Tasks',
    aggregate: 'count',
    where: { field: 'Status', op: 'eq', value: status },
    op: 'gte',
    value: least,
  },
  code: `lead.Tasks.records.filter((task) => task.Status === ${JSON.stringify(status)}).length >= ${least}`,
});

const descriptions = [
  ...industries.slice(0, 6).map((industry) => is('Industry', industry)),
  ...countries.slice(0, 4).map((country) => is('Country', country)),
  ...sources.slice(0, 5).map((source) => is('LeadSource', source)),
  ...statuses.slice(0, 2).map((status) => is('Status', status)),
  among('Country', ['US', 'Canada']),
  among('Country', ['Germany', 'France', 'Spain', 'Italy']),
  among('Industry', ['Technology', 'Finance', 'Banking']),
  among('LeadSource', ['Referral', 'Partner']),
  ...[10, 50, 200, 1000, 10_000].map((size) => compare('NumberOfEmployees', 'gte', size)),
  ...[100_000, 1_000_000, 50_000_000].map((size) => compare('AnnualRevenue', 'gt', size)),
  compare('NumberOfEmployees', 'lt', 5),
  ...['Chief', 'VP', 'Director', 'Head'].map((level) => wording('Title', 'startsWith', level)),
  ...['Marketing', 'Sales', 'Engineering'].map((area) => wording('Title', 'contains', area)),
  wording('Email', 'endsWith', '@gmail.example'),
  wording('Email', 'endsWith', '.edu.example'),
  is('HasOptedOutOfEmail', true),
  is('Owner.IsActive', true),
  all(is('Country', 'US'), compare('NumberOfEmployees', 'gte', 200)),
  all(among('Industry', ['Technology', 'Media']), wording('Title', 'contains', 'Marketing')),
  all(is('Country', 'Germany'), is('Industry', 'Energy'), compare('AnnualRevenue', 'gte', 1_000_000)),
  any(
    wording('Title', 'startsWith', 'Chief'),
    wording('Title', 'startsWith', 'VP'),
    compare('AnnualRevenue', 'gt', 90_000_000),
  ),
  any(is('LeadSource', 'Referral'), all(is('Status', 'Working'), is('HasOptedOutOfEmail', false))),
  all(any(is('Country', 'Japan'), is('Country', 'India')), any(is('Industry', 'Retail'), is('Industry', 'Banking'))),
  all(is('Owner.IsActive', true), is('Status', 'Open')),
  tasks('Open', 2),
  tasks('Completed', 1),
];

export const facts: readonly Fact[] = descriptions.map((fact, index) => ({
  ...fact,
  points: (index % 7) * 3 - 5 || 2,
}));

export const model: Model = {
  schema: 1,
  key: 'facts',
  name: 'Facts',
  object: 'Lead',
  rules: facts.map(({ points, when }, index) => ({
    key: `r${index}`,
    name: `Rule ${index}`,
    kind: 'attribute',
    points,
    when,
  })),
};
