import { expect, it, jest } from '@jest/globals';
import ValueInput from 'c/valueInput';
import { settled, show } from '../../__tests__/wire';
import { describeObjects, wires } from '../../__tests__/wires';

type Root = { shadowRoot: ShadowRoot };
type Part = HTMLElement & Root & Record<string, unknown>;

const field = (dataType: string, fieldApiName = 'X') => ({ objectApiName: 'Lead', fieldApiName, dataType });

async function input(properties: object) {
  const element = show('c-value-input', ValueInput, { value: undefined as unknown, ...properties });
  const changed = jest.fn<(value: unknown) => void>();
  element.addEventListener('change', (event) => {
    element.value = (event as CustomEvent<{ value: unknown }>).detail.value;
    changed(element.value);
  });
  await settled();
  describeObjects();
  await settled();
  const find = (selector: string) => element.shadowRoot.querySelector<Part>(selector)!;
  return { element, changed, find };
}

const send = (part: Element, value: unknown) => part.dispatchEvent(new CustomEvent('change', { detail: { value } }));

it.each([
  ['String', 'text', 'CEO', 'CEO'],
  ['Int', 'number', '200', 200],
  ['Int', 'number', '', undefined],
  ['String', 'text', '', undefined],
  ['Date', 'date', '2026-01-31', '2026-01-31'],
  ['DateTime', 'datetime', '2026-01-31T10:00:00.000Z', '2026-01-31T10:00:00.000Z'],
])('takes a %s by an input of the type %s', async (dataType, type, typed, expected) => {
  const { element, changed, find } = await input({ op: 'eq', field: field(dataType) });
  expect(find('lightning-input')).toMatchObject({ type });
  send(find('lightning-input'), typed);
  expect(changed).toHaveBeenLastCalledWith(expected);
  await expect(element).toBeAccessible();
});

it('offers yes and no for a checkbox', async () => {
  const { changed, find } = await input({ op: 'eq', value: false, field: field('Boolean') });
  expect(find('lightning-combobox')).toMatchObject({ value: 'false' });
  send(find('lightning-combobox'), 'true');
  expect(changed).toHaveBeenLastCalledWith(true);
});

it('offers the values of a picklist, and keeps one that it no longer has', async () => {
  const { find } = await input({ op: 'eq', value: 'Coal', field: field('Picklist', 'Industry') });
  wires.getPicklistValues.emit({ values: [{ label: 'IT', value: 'Technology' }] });
  await settled();
  expect(wires.getPicklistValues.getLastConfig()).toEqual({
    recordTypeId: '012000000000000AAA',
    fieldApiName: 'Lead.Industry',
  });
  expect(find('lightning-combobox')).toMatchObject({
    options: [
      { label: 'IT', value: 'Technology' },
      { label: 'Coal', value: 'Coal' },
    ],
  });
});

it('takes a duration for the age of a date', async () => {
  const { changed, find } = await input({ op: 'withinLast', value: 'P30D', field: field('DateTime') });
  send(find('c-duration-input'), 'P7D');
  expect(changed).toHaveBeenLastCalledWith('P7D');
});

it('takes several texts or numbers, each once', async () => {
  const { element, changed, find } = await input({ op: 'in', value: [5], field: field('Int') });
  const list = find('c-value-list');
  const inside = (selector: string) => list.shadowRoot.querySelector<Part>(selector)!;
  for (const typed of ['7', '7', 'x']) {
    send(inside('lightning-input'), typed);
    inside('lightning-button-icon').dispatchEvent(new CustomEvent('click'));
    await settled();
  }
  expect(changed.mock.calls).toEqual([[[5, 7]]]);
  inside('lightning-pill-container').dispatchEvent(new CustomEvent('itemremove', { detail: { item: { name: '0' } } }));
  expect(changed).toHaveBeenLastCalledWith([7]);
  await expect(element).toBeAccessible();
});

it('chooses several values of a picklist', async () => {
  const { changed, find } = await input({ op: 'includes', value: ['A'], field: field('MultiPicklist', 'Industry') });
  wires.getPicklistValues.emit({ values: ['A', 'B'].map((value) => ({ label: value, value })) });
  await settled();
  const choice = find('c-value-list').shadowRoot.querySelector<Part>('lightning-combobox')!;
  expect(choice).toMatchObject({ options: [{ label: 'B', value: 'B' }] });
  send(choice, 'B');
  expect(changed).toHaveBeenLastCalledWith(['A', 'B']);
});
