import { expect, it } from '@jest/globals';
import type { Model } from 'c/scoringCore';
import {
  draftFrom,
  findingsIn,
  findingsOf,
  newRule,
  numberFrom,
  ruleOf,
  withChanges,
  withCopy,
  withItem,
  withMovedRule,
  withoutCategory,
} from 'c/modelDraft';

const model = {
  schema: 1,
  key: 'leads',
  name: 'Leads',
  object: 'Lead',
  categories: [
    { key: 'fit', name: 'Fit', max: 20 },
    { key: 'interest', name: 'Interest' },
  ],
  rules: [
    { key: 'vp', name: 'VP', kind: 'attribute', points: 10, category: 'fit', when: { field: 'Title', op: 'notBlank' } },
    { key: 'click', name: 'Click', kind: 'engagement', points: 5, category: 'interest', types: ['email.click'] },
    {
      key: 'size',
      name: 'Size',
      kind: 'attribute',
      points: 5,
      category: 'fit',
      when: { field: 'Size', op: 'notBlank' },
    },
  ],
  grades: [{ category: 'fit', steps: [{ label: 'A', min: 10 }, { label: 'B' }] }],
} as Model;

const keys = ({ rules }: Model) => rules.map(({ key }) => key);

it('finds what the engine refuses, with its place', () => {
  const draft = { ...model, rules: withItem(model.rules, 1, { ...model.rules[1]!, points: 0 }) };
  expect(findingsOf(draft)).toEqual([
    { kind: 'problem', path: '/rules/1/points', message: expect.stringContaining('a number other than 0') },
  ]);
  expect(findingsIn(findingsOf(draft), '/rules/1')).toMatchObject([{ path: '/points' }]);
  expect(findingsIn(findingsOf(draft), '/rules/10')).toEqual([]);
});

it('warns of what is hardly meant where nothing is wrong', () => {
  const draft = { ...model, thresholds: [{ rating: 'Hot', min: 9000 }], rules: [model.rules[0]!] };
  expect(findingsOf(draft)).toContainEqual(expect.objectContaining({ kind: 'warning', path: '/thresholds/0/min' }));
});

it('reads drafts, and says why a text is none', () => {
  expect(draftFrom(JSON.stringify(model))).toEqual(model);
  expect(() => draftFrom('{')).toThrow();
  expect(() => draftFrom('[]')).toThrow('no list of rules');
  expect(() => draftFrom('null')).toThrow('no list of rules');
});

it('gives new rules a key of their own, made from the name', () => {
  const added = newRule(model, 'Ärger mit "Click"', 'fit');
  expect(added).toMatchObject({ key: 'arger-mit-click', category: 'fit' });
  expect(newRule(model, 'Click')).toMatchObject({ key: 'click-2' });
  expect(newRule(model, '日本')).toMatchObject({ key: 'item' });
  expect(newRule(model, 'x'.repeat(200)).key).toHaveLength(34);
});

it('keeps what all kinds have when the kind changes', () => {
  const rule = ruleOf('inactivity', { ...model.rules[1]!, max: 7 });
  expect(rule).toMatchObject({ key: 'click', name: 'Click', points: 5, category: 'interest', max: 7, after: 'P14D' });
  expect(findingsOf({ ...model, rules: withItem(model.rules, 1, rule) })).toEqual([]);
});

it('moves a rule among those of its category only', () => {
  expect(keys(withMovedRule(model, 2, -1))).toEqual(['size', 'vp', 'click']);
  expect(keys(withMovedRule(model, 0, 1))).toEqual(['click', 'size', 'vp']);
  expect(withMovedRule(model, 1, 1)).toBe(model);
});

it('copies a rule under another key', () => {
  const { rules } = withCopy(model, 0, 'Copy of VP');
  expect(rules.map(({ key }) => key)).toEqual(['vp', 'copy-of-vp', 'click', 'size']);
  expect(rules[1]).toMatchObject({ name: 'Copy of VP', points: 10 });
});

it('takes a category away, and keeps its rules', () => {
  const draft = withoutCategory(model, 0);
  expect(draft.categories).toHaveLength(1);
  expect(draft.rules.map(({ category }) => category)).toEqual([undefined, 'interest', undefined]);
  expect(draft.grades).toEqual([]);
  expect(findingsOf(draft).filter(({ kind }) => kind === 'problem')).toEqual([]);
});

it('changes properties and takes out those that are undefined', () => {
  expect(withChanges({ a: 1, b: 2 }, { b: undefined, c: 3 })).toEqual({ a: 1, c: 3 });
});

it.each([
  ['7.25', 7.25],
  ['-3', -3],
  ['0', 0],
  ['', undefined],
  ['-', undefined],
  ['-0', undefined],
  ['-0.0', undefined],
  ['-0.05', -0.05],
])('reads "%s" as it is being typed', (text, number) => {
  expect(numberFrom(text)).toBe(number);
});
