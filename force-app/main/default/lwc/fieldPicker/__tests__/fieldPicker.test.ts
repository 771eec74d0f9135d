import { expect, it, jest } from '@jest/globals';
import FieldPicker from 'c/fieldPicker';
import { settled, show } from '../../__tests__/wire';
import { describeObjects, wires } from '../../__tests__/wires';

type Root = { shadowRoot: ShadowRoot };
type Combobox = HTMLElement & { options: { label: string; value: string }[]; value: string };

const combobox = ({ shadowRoot }: Root) => shadowRoot.querySelector<Combobox>('lightning-combobox')!;
const choose = (root: Root, value: string) =>
  combobox(root).dispatchEvent(new CustomEvent('change', { detail: { value } }));

async function picker(value = '') {
  const element = show('c-field-picker', FieldPicker, { objectApiName: 'Lead', value });
  const changed = jest.fn<(value: unknown) => void>();
  const described = jest.fn<(field: unknown) => void>();
  element.addEventListener('change', (event) => {
    element.value = (event as CustomEvent<{ value: string }>).detail.value;
    changed(element.value);
  });
  element.addEventListener('describe', (event) => {
    described((event as CustomEvent).detail);
  });
  describeObjects();
  await settled();
  describeObjects();
  await settled();
  return { element, changed, described };
}

it('offers fields by their labels, and parents after them', async () => {
  const { element } = await picker();
  expect(combobox(element).options).toEqual([
    { label: 'Created Date', value: 'CreatedDate' },
    { label: 'Do Not Call', value: 'DoNotCall' },
    { label: 'Employees', value: 'NumberOfEmployees' },
    { label: 'Industry', value: 'Industry' },
    { label: 'Owner ID', value: 'OwnerId' },
    { label: 'Title', value: 'Title' },
    { label: 'Owner ›', value: 'Owner.' },
  ]);
  await expect(element).toBeAccessible();
});

it('gives the field, and what is known of it', async () => {
  const { element, changed, described } = await picker();
  choose(element, 'Industry');
  expect(changed).toHaveBeenLastCalledWith('Industry');
  expect(described).toHaveBeenLastCalledWith({ objectApiName: 'Lead', fieldApiName: 'Industry', dataType: 'Picklist' });
});

it('goes on to a parent, a user where it may be several', async () => {
  const { element, changed, described } = await picker();
  choose(element, 'Owner.');
  await settled();
  expect(changed).not.toHaveBeenCalled();
  const parent = element.shadowRoot.querySelector<HTMLElement & Root>('c-field-picker')!;
  expect(parent).toMatchObject({ objectApiName: 'User', label: 'Owner' });
  describeObjects();
  await settled();
  choose(parent, 'Department');
  expect(changed).toHaveBeenLastCalledWith('Owner.Department');
  await settled();
  expect(described).toHaveBeenLastCalledWith(expect.objectContaining({ objectApiName: 'User', dataType: 'String' }));
});

it('shows a path that it was given, and one that it does not know', async () => {
  const known = await picker('Owner.Department');
  expect(combobox(known.element).value).toBe('Owner.');
  expect(known.element.shadowRoot.querySelector('c-field-picker')).toMatchObject({ value: 'Department' });
  const unknown = await picker('Secret__c');
  expect(combobox(unknown.element).options).toContainEqual({ label: 'Secret__c', value: 'Secret__c' });
  expect(unknown.described).not.toHaveBeenCalled();
});

it('has nothing to offer where the object cannot be read', async () => {
  const element = show('c-field-picker', FieldPicker, { objectApiName: 'Nothing__c', value: 'A' });
  wires.getObjectInfo.error();
  await settled();
  expect(combobox(element).options).toEqual([{ label: 'A', value: 'A' }]);
});
