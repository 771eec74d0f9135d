import { beforeEach, expect, it, jest } from '@jest/globals';
import type { Model } from 'c/scoringCore';
import RuleList from 'c/ruleList';
import { findingsOf } from 'c/modelDraft';
import { settled, show } from '../../__tests__/wire';

type Root = { shadowRoot: ShadowRoot };

const draft = {
  schema: 1,
  key: 'leads',
  name: 'Leads',
  object: 'Lead',
  categories: [{ key: 'fit', name: 'Fit', max: 10 }],
  rules: [
    {
      key: 'vp',
      name: 'VP',
      kind: 'attribute',
      points: 10,
      category: 'fit',
      when: { field: 'Title', op: 'eq', value: 'VP' },
    },
    {
      key: 'it',
      name: 'IT',
      kind: 'attribute',
      points: 5,
      category: 'fit',
      when: { field: 'Industry', op: 'eq', value: 'IT' },
    },
    { key: 'click', name: 'Click', kind: 'engagement', points: 5, types: ['email.click'] },
  ],
} as Model;

const all = ({ shadowRoot }: Root, selector: string) => [...shadowRoot.querySelectorAll<HTMLElement & Root>(selector)];
const changed = jest.fn<(value: Model) => void>();
const latest = () => changed.mock.lastCall![0];

beforeEach(() => {
  changed.mockReset();
});

function list(value: Model = draft) {
  const element = show('c-rule-list', RuleList, { draft: value, findings: findingsOf(value) });
  element.addEventListener('change', (event) => {
    element.draft = (event as CustomEvent<{ value: Model }>).detail.value;
    element.findings = findingsOf(element.draft);
    changed(element.draft);
  });
  return element;
}

const rows = (root: Root) => all(root, '[data-id="rule"]');
const select = (row: Element, value: string) =>
  row.querySelector('lightning-button-menu')!.dispatchEvent(new CustomEvent('select', { detail: { value } }));

it('shows rules by category, those without one at the end', async () => {
  const element = list();
  const groups = all(element, '[data-id="group"]');
  expect(groups.map((group) => group.querySelectorAll('[data-id="rule"]').length)).toEqual([2, 1]);
  expect(groups[0]!.querySelector('[data-id="budget"]')!.textContent).toBe('c.Category_Budget_Held');
  expect(groups[1]!.querySelector('[data-id="budget"]')).toBeNull();
  await expect(element).toBeAccessible();
});

it('opens one rule at a time', async () => {
  const element = list();
  const toggle = (index: number) =>
    rows(element)[index]!.querySelector('lightning-button-icon')!.dispatchEvent(new CustomEvent('click'));
  toggle(0);
  await settled();
  expect(all(element, 'c-rule-editor')).toMatchObject([{ value: { key: 'vp' }, objectApiName: 'Lead' }]);
  toggle(2);
  await settled();
  expect(all(element, 'c-rule-editor')).toMatchObject([{ value: { key: 'click' } }]);
  await expect(element).toBeAccessible();
  toggle(2);
  await settled();
  expect(all(element, 'c-rule-editor')).toEqual([]);
});

it('adds a rule to a category and opens it', async () => {
  const element = list();
  all(element, 'lightning-button')[0]!.dispatchEvent(new CustomEvent('click'));
  await settled();
  expect(latest().rules[3]).toMatchObject({ category: 'fit', kind: 'engagement' });
  expect(all(element, 'c-rule-editor')).toMatchObject([{ value: { key: latest().rules[3]!.key } }]);
  expect(all(element, '.slds-theme_error, .slds-theme_warning')).not.toEqual([]);
});

it('moves, copies and removes rules', async () => {
  const element = list();
  const keys = () => latest().rules.map(({ key }) => key);
  select(rows(element)[0]!, 'down');
  expect(keys()).toEqual(['it', 'vp', 'click']);
  await settled();
  select(rows(element)[1]!, 'up');
  expect(keys()).toEqual(['vp', 'it', 'click']);
  await settled();
  select(rows(element)[2]!, 'copy');
  expect(keys()).toHaveLength(4);
  await settled();
  select(rows(element)[0]!, 'remove');
  expect(keys().slice(0, 2)).toEqual(['it', 'click']);
});

it('disables a rule, and enables it without a word of it', async () => {
  const element = list();
  const toggle = (checked: boolean) =>
    rows(element)[0]!
      .querySelector('lightning-input')!
      .dispatchEvent(new CustomEvent('change', { detail: { checked } }));
  toggle(false);
  expect(latest().rules[0]).toMatchObject({ enabled: false });
  await settled();
  toggle(true);
  expect(latest().rules[0]).not.toHaveProperty('enabled');
});

it('edits categories, and takes one away with its rules kept', async () => {
  const element = list();
  const inputs = () => all(element, 'header lightning-input');
  inputs()[0]!.dispatchEvent(new CustomEvent('change', { detail: { value: 'Fitness' } }));
  inputs()[2]!.dispatchEvent(new CustomEvent('change', { detail: { value: '' } }));
  expect(latest().categories).toEqual([{ key: 'fit', name: 'Fitness' }]);
  await settled();
  all(element, 'header lightning-button-icon')[0]!.dispatchEvent(new CustomEvent('click'));
  await settled();
  expect(latest().rules.map(({ category }) => category)).toEqual([undefined, undefined, undefined]);
  expect(rows(element)).toHaveLength(3);
  all(element, 'lightning-button').at(-1)!.dispatchEvent(new CustomEvent('click'));
  expect(latest().categories).toHaveLength(1);
});

it('shows as many as a model may have', async () => {
  const rules = Array.from({ length: 500 }, (_, index) => ({
    ...draft.rules[2]!,
    key: `r-${index}`,
    name: 'Long '.repeat(50),
  }));
  const element = list({ ...draft, rules });
  await settled();
  expect(rows(element)).toHaveLength(500);
});
