import { expect, it } from '@jest/globals';
import type { Model } from 'c/scoringCore';
import GradeEditor from 'c/gradeEditor';
import { findingsOf } from 'c/modelDraft';
import { settled, show } from '../../__tests__/wire';

type Root = { shadowRoot: ShadowRoot };

const model = {
  ...{ schema: 1, key: 'a', name: 'A', object: 'Lead' },
  categories: [
    { key: 'fit', name: 'Fit' },
    { key: 'interest', name: 'Interest' },
  ],
  rules: [
    { key: 'r', name: 'R', kind: 'engagement', points: 5, types: ['*'], category: 'fit' },
    { key: 's', name: 'S', kind: 'engagement', points: 5, types: ['*'], category: 'interest' },
  ],
} as unknown as Model;
const all = ({ shadowRoot }: Root, selector: string) => [...shadowRoot.querySelectorAll<HTMLElement>(selector)];

function editor(draft: Model) {
  const element = show('c-grade-editor', GradeEditor, { draft });
  element.addEventListener('change', (event) => {
    element.draft = (event as CustomEvent<{ value: Model }>).detail.value;
  });
  return element;
}

const press = async (element: Root, label: string) => {
  const buttons = [...all(element, 'lightning-button'), ...all(element, 'lightning-button-icon')] as unknown as {
    label?: string;
    alternativeText?: string;
    dispatchEvent(event: Event): void;
  }[];
  buttons.find((each) => (each.label ?? each.alternativeText) === label)!.dispatchEvent(new CustomEvent('click'));
  await settled();
};

it('grades one category, then the other, into a matrix that the engine accepts', async () => {
  const element = editor(model);
  await press(element, 'c.Grade_Add');
  expect(element.draft.grades).toMatchObject([
    { category: 'fit', steps: [{ label: 'A', min: 75 }, {}, {}, { label: 'D' }] },
  ]);
  await press(element, 'c.Grade_Add');
  const cells = all(element, 'td').map(({ textContent }) => textContent);
  expect(cells).toHaveLength(16);
  expect([cells[0], cells[5], cells[15]]).toEqual(['A1', 'B2', 'D4']);
  expect(findingsOf(element.draft).filter(({ kind }) => kind === 'problem')).toEqual([]);
  expect(all(element, 'lightning-button').map((each) => (each as unknown as { label: string }).label)).not.toContain(
    'c.Grade_Add',
  );
  await expect(element).toBeAccessible();
});

it('adds a step before the last, edits it and takes it away', async () => {
  const element = editor({ ...model, grades: [{ category: 'fit', steps: [{ label: 'A', min: 50 }, { label: 'B' }] }] });
  await press(element, 'c.Grade_Add_Step');
  expect(element.draft.grades![0]!.steps).toEqual([{ label: 'A', min: 50 }, { label: 'B+', min: 25 }, { label: 'B' }]);
  const inputs = all(element, '[data-id="step"] lightning-input');
  inputs[2]!.dispatchEvent(new CustomEvent('change', { detail: { value: 'AB' } }));
  inputs[3]!.dispatchEvent(new CustomEvent('change', { detail: { value: '30' } }));
  expect(element.draft.grades![0]!.steps[1]).toEqual({ label: 'AB', min: 30 });
  await settled();
  await press(element, 'c.Grade_Remove_Step');
  expect(element.draft.grades![0]!.steps).toEqual([{ label: 'AB', min: 30 }, { label: 'B' }]);
  await press(element, 'c.Grade_Remove');
  expect(element.draft).not.toHaveProperty('grades');
});

it('asks for a category first', async () => {
  const element = editor({ ...model, categories: [] });
  expect(all(element, '[data-id="no-category"]')).toHaveLength(1);
  await expect(element).toBeAccessible();
});
