import { beforeEach, expect, it, jest } from '@jest/globals';
import type { Condition } from 'c/scoringCore';
import ConditionEditor from 'c/conditionEditor';
import { settled, show } from '../../__tests__/wire';
import { describeObjects } from '../../__tests__/wires';

type Root = { shadowRoot: ShadowRoot };

const all = (root: Root, selector: string) => [...root.shadowRoot.querySelectorAll<HTMLElement & Root>(selector)];
const changed = jest.fn<(value: unknown) => void>();

beforeEach(() => {
  changed.mockReset();
});

/** The editor as its parent drives it: whatever it changes is handed back to it. */
function editor(value: Condition | undefined, properties: object = { objectApiName: 'Lead' }) {
  const element = show('c-condition-editor', ConditionEditor, { value, ...properties });
  element.addEventListener('change', (event) => {
    const { value: next } = (event as CustomEvent<{ value: Condition }>).detail;
    element.value = next;
    changed(next);
  });
  return element;
}

const click = (root: Root, label: string) => {
  const button = all(root, 'lightning-button').find((each) => (each as unknown as { label: string }).label === label);
  button!.dispatchEvent(new CustomEvent('click'));
};

it('says so where there is no test yet, and adds one', async () => {
  const element = editor({ all: [] });
  expect(element.shadowRoot.textContent).toContain('c.Condition_Always');
  click(element, 'c.Condition_Add_Test');
  await settled();
  expect(changed).toHaveBeenLastCalledWith({ field: '', op: 'eq', value: '' });
  expect(all(element, 'c-condition-test')).toHaveLength(1);
  click(element, 'c.Condition_Add_Test');
  await settled();
  expect(changed).toHaveBeenLastCalledWith({
    all: [
      { field: '', op: 'eq', value: '' },
      { field: '', op: 'eq', value: '' },
    ],
  });
  await expect(element).toBeAccessible();
});

it.each<[string, Condition, string, Condition]>([
  ['all', { all: [a(), b()] }, 'any', { any: [a(), b()] }],
  ['any', { any: [a(), b()] }, 'none', { not: { any: [a(), b()] } }],
  ['none', { not: { any: [a(), b()] } }, 'all', { all: [a(), b()] }],
  ['none', { not: a() }, 'all', a()],
  ['all', a(), 'none', { not: a() }],
])('joined by %s: %j becomes %s', async (joint, value, next, expected) => {
  const element = editor(value);
  const [combobox] = all(element, 'lightning-combobox');
  expect(combobox).toMatchObject({ value: joint });
  combobox!.dispatchEvent(new CustomEvent('change', { detail: { value: next } }));
  await settled();
  expect(changed).toHaveBeenLastCalledWith(expected);
});

function a(): Condition {
  return { field: 'Title', op: 'eq', value: 'CEO' };
}
function b(): Condition {
  return { field: 'NumberOfEmployees', op: 'gt', value: 5 };
}

it('edits groups within groups, and hands each part its findings', async () => {
  const findings = [{ kind: 'problem', path: '/all/1/any/0/value', message: 'wrong' }];
  const element = editor({ all: [a(), { any: [b(), a()] }] }, { objectApiName: 'Lead', findings });
  const [inner] = all(element, 'c-condition-editor');
  expect(inner).toMatchObject({ findings: [{ path: '/any/0/value' }] });
  all(inner!, 'lightning-button-icon')[0]!.dispatchEvent(new CustomEvent('click'));
  await settled();
  expect(changed).toHaveBeenLastCalledWith({ all: [a(), { any: [a()] }] });
});

it('is nothing again where it is optional and the last test goes', async () => {
  const element = editor(a(), { objectApiName: 'Lead', optional: true });
  all(element, 'lightning-button-icon')[0]!.dispatchEvent(new CustomEvent('click'));
  await settled();
  expect(changed).toHaveBeenLastCalledWith(undefined);
  expect(element.shadowRoot.textContent).toContain('c.Condition_All_Of_Them');
});

it('offers no test of related records for engagement, and no end of groups', () => {
  const labels = (root: Root) =>
    all(root, 'lightning-button').map((each) => (each as unknown as { label: string }).label);
  expect(labels(editor(undefined, {}))).toEqual(['c.Condition_Add_Test', 'c.Condition_Add_Group']);
  expect(labels(editor(undefined, { depth: 4 }))).toEqual(['c.Condition_Add_Test']);
});

/** The test inside the editor, with the objects described. */
async function test(value: Condition) {
  const element = editor(value);
  describeObjects();
  await settled();
  describeObjects();
  await settled();
  return all(element, 'c-condition-test')[0]!;
}

it('offers the comparisons that fit the field, and turns the value over to them', async () => {
  const one = await test({ field: 'NumberOfEmployees', op: 'eq', value: 200 });
  const operator = all(one, 'lightning-combobox').at(-1) as HTMLElement & { options: { value: string }[] };
  expect(operator.options.map(({ value }) => value)).toEqual([
    ...['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'notIn', 'blank', 'notBlank'],
  ]);
  operator.dispatchEvent(new CustomEvent('change', { detail: { value: 'in' } }));
  await settled();
  expect(changed).toHaveBeenLastCalledWith({ field: 'NumberOfEmployees', op: 'in', value: [200] });
  operator.dispatchEvent(new CustomEvent('change', { detail: { value: 'blank' } }));
  await settled();
  expect(changed).toHaveBeenLastCalledWith({ field: 'NumberOfEmployees', op: 'blank' });
});

it('takes another comparison where the new field has none like it', async () => {
  await test({ field: 'DoNotCall', op: 'contains', value: 'x' });
  expect(changed).toHaveBeenLastCalledWith({ field: 'DoNotCall', op: 'eq', value: 'x' });
});

it('tests what related records come to', async () => {
  const one = await test({ related: 'Tasks', aggregate: 'count', op: 'gte', value: 1 });
  const [related] = all(one, 'lightning-combobox') as (HTMLElement & { options: object[] })[];
  expect(related!.options).toEqual([{ label: 'Tasks', value: 'Tasks' }]);
  const [where] = all(one, 'c-condition-editor');
  expect(where).toMatchObject({ objectApiName: 'Task', optional: true });
  click(where!, 'c.Condition_Add_Test');
  await settled();
  expect(changed).toHaveBeenLastCalledWith({
    ...{ related: 'Tasks', aggregate: 'count', op: 'gte', value: 1 },
    where: { field: '', op: 'eq', value: '' },
  });
});
