import { expect, it } from '@jest/globals';
import type { Rule } from 'c/scoringCore';
import RuleEditor from 'c/ruleEditor';
import { findingsOf } from 'c/modelDraft';
import { settled, show } from '../../__tests__/wire';

type Root = { shadowRoot: ShadowRoot };
type Part = HTMLElement & Root & Record<string, unknown>;

const click: Rule = { key: 'click', name: 'Click', kind: 'engagement', points: 5, types: ['email.click'] };
const all = ({ shadowRoot }: Root, selector: string) => [...shadowRoot.querySelectorAll<Part>(selector)];
const send = async (part: Element | undefined, value: unknown) => {
  part!.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
};

function editor(value: Rule) {
  const categories = [{ key: 'fit', name: 'Fit' }];
  const element = show('c-rule-editor', RuleEditor, { value, categories, objectApiName: 'Lead' });
  element.addEventListener('change', (event) => {
    element.value = (event as CustomEvent<{ value: Rule }>).detail.value;
  });
  return element;
}

const problems = (rule: Rule) =>
  findingsOf({
    ...{ schema: 1, key: 'a', name: 'A', object: 'Lead', rules: [rule] },
    categories: [{ key: 'fit', name: 'Fit' }],
  } as never).filter(({ kind }) => kind === 'problem');

it('edits what all rules have', async () => {
  const element = editor(click);
  const [name, points, max] = all(element, 'lightning-input');
  await send(name, 'Clicked');
  await send(points, '7.5');
  await send(max, '20');
  const [, category] = all(element, 'lightning-combobox');
  await send(category, 'fit');
  expect(element.value).toEqual({ ...click, name: 'Clicked', points: 7.5, max: 20, category: 'fit' });
  await send(max, '');
  await send(category, '');
  expect(element.value).toEqual({ ...click, name: 'Clicked', points: 7.5 });
  await send(points, '');
  expect(element.value).not.toHaveProperty('points');
  await expect(element).toBeAccessible();
});

it.each([
  ['attribute', 'c-attribute-rule'],
  ['engagement', 'c-engagement-rule'],
  ['frequency', 'c-frequency-rule'],
  ['inactivity', 'c-inactivity-rule'],
])('turns a rule into one about %s', async (kind, tag) => {
  const element = editor(click);
  await send(all(element, 'lightning-combobox')[0], kind);
  expect(all(element, tag)).toHaveLength(1);
  expect(element.value).toMatchObject({ key: 'click', name: 'Click', points: 5, kind });
  await expect(element).toBeAccessible();
});

it('edits everything about engagement', async () => {
  const element = editor(click);
  const rule = () => all(element, 'c-engagement-rule')[0]!;
  const matching = () => all(rule(), 'c-matching-editor')[0]!;
  await send(all(matching(), 'c-types-input')[0], ['email.click', 'page.view']);
  await send(all(matching(), 'c-condition-editor')[0], { field: 'link.url', op: 'contains', value: '/pricing' });
  await send(all(rule(), 'lightning-combobox')[0], 'distinct');
  await send(all(rule(), 'c-path-input')[0], 'page.url');
  await send(all(rule(), 'lightning-input')[0], '3');
  await send(all(rule(), 'c-duration-input')[0], 'P14D');
  await send(all(rule(), 'c-duration-input')[1], 'P3M');
  await send(all(rule(), 'c-decay-editor')[0], { kind: 'exponential', halfLife: 'P14D' });
  expect(element.value).toEqual({
    ...click,
    types: ['email.click', 'page.view'],
    where: { field: 'link.url', op: 'contains', value: '/pricing' },
    award: { distinct: 'page.url' },
    limit: { count: 3, within: 'P14D' },
    expires: 'P3M',
    decay: { kind: 'exponential', halfLife: 'P14D' },
  });
  expect(problems(element.value)).toEqual([]);
  await expect(element).toBeAccessible();
  await send(all(matching(), 'c-condition-editor')[0], undefined);
  expect(element.value).not.toHaveProperty('where');
  await send(all(rule(), 'lightning-input')[0], '');
  await send(all(rule(), 'lightning-combobox')[0], 'each');
  expect(element.value).not.toHaveProperty('limit');
  expect(element.value).not.toHaveProperty('award');
});

it('draws the decay while it is edited', async () => {
  const element = editor({ ...click, decay: { kind: 'linear', over: 'P30D' } });
  const decay = () => all(all(element, 'c-engagement-rule')[0]!, 'c-decay-editor')[0]!;
  expect(all(decay(), 'c-decay-curve')).toHaveLength(1);
  await send(all(decay(), 'lightning-combobox')[0], 'steps');
  await send(all(decay(), 'lightning-input')[0], '80');
  await send(all(decay(), 'c-duration-input')[0], 'P7D');
  expect(element.value).toMatchObject({ decay: { kind: 'steps', keep: 0.8, every: 'P7D' } });
  await send(all(decay(), 'lightning-combobox')[0], 'none');
  expect(element.value).not.toHaveProperty('decay');
});

it('lets facts that are earned once expire, and forgets the expiry when they are not', async () => {
  const element = editor({ key: 'a', name: 'A', kind: 'attribute', points: 5, when: { all: [] } });
  const rule = () => all(element, 'c-attribute-rule')[0]!;
  await send(all(rule(), 'lightning-combobox')[0], 'once');
  await send(all(rule(), 'c-duration-input')[0], 'P1Y');
  expect(element.value).toMatchObject({ hold: 'once', expires: 'P1Y' });
  await send(all(rule(), 'lightning-combobox')[0], 'while');
  expect(element.value).toEqual({ key: 'a', name: 'A', kind: 'attribute', points: 5, when: { all: [] } });
});

it('edits how much engagement is much, and how little is little', async () => {
  const element = editor(click);
  await send(all(element, 'lightning-combobox')[0], 'frequency');
  const frequency = all(element, 'c-frequency-rule')[0]!;
  await send(all(frequency, 'lightning-input')[0], '4');
  await send(all(frequency, 'c-duration-input')[0], 'P3D');
  expect(element.value).toMatchObject({ count: 4, within: 'P3D' });
  await send(all(element, 'lightning-combobox')[0], 'inactivity');
  const inactivity = all(element, 'c-inactivity-rule')[0]!;
  await send(all(inactivity, 'c-duration-input')[0], 'P30D');
  await send(all(inactivity, 'c-duration-input')[1], 'P7D');
  expect(element.value).toMatchObject({ after: 'P30D', every: 'P7D' });
});
