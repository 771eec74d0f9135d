import { expect, it } from '@jest/globals';
import type { Model } from 'c/scoringCore';
import ThresholdEditor from 'c/thresholdEditor';
import { settled, show } from '../../__tests__/wire';

type Root = { shadowRoot: ShadowRoot };

const model = (thresholds: Model['thresholds'], range?: Model['range']): Model => ({
  ...{ schema: 1, key: 'a', name: 'A', object: 'Lead', thresholds },
  ...(range && { range }),
  rules: [{ key: 'r', name: 'R', kind: 'engagement', points: 5, types: ['*'] }],
});
const all = ({ shadowRoot }: Root, selector: string) => [...shadowRoot.querySelectorAll<HTMLElement>(selector)];

function editor(draft: Model) {
  const element = show('c-threshold-editor', ThresholdEditor, { draft });
  element.addEventListener('change', (event) => {
    element.draft = (event as CustomEvent<{ value: Model }>).detail.value;
  });
  return element;
}

it('sets the ratings on a ruler from 0 to the highest score', async () => {
  const element = editor(
    model(
      [
        { rating: 'Warm', min: 50 },
        { rating: 'Hot', min: 100 },
      ],
      { min: 0, max: 200 },
    ),
  );
  expect(all(element, '[data-id="mark"]').map(({ style }) => style.left)).toEqual(['25%', '50%']);
  await expect(element).toBeAccessible();
});

it('goes a little beyond the last rating where the score has no end, and below 0 where it may', () => {
  const open = editor(
    model([
      { rating: 'Warm', min: 40 },
      { rating: 'Hot', min: 80 },
    ]),
  );
  expect(all(open, '[data-id="mark"]').map(({ style }) => style.left)).toEqual(['40%', '80%']);
  const below = editor(
    model(
      [
        { rating: 'Cold', min: -100 },
        { rating: 'Hot', min: 0 },
      ],
      { min: -100, max: 100 },
    ),
  );
  expect(all(below, '[data-id="mark"]')[0]!.style.left).toMatch(/^(0|50)%$/);
});

it('adds, edits and removes ratings', async () => {
  const element = editor(model(undefined));
  expect(all(element, 'figure')).toEqual([]);
  const add = all(element, 'lightning-button')[0]!;
  add.dispatchEvent(new CustomEvent('click'));
  add.dispatchEvent(new CustomEvent('click'));
  expect(element.draft.thresholds?.map(({ min }) => min)).toEqual([25, 50]);
  await settled();
  const [rating, min, leaveBelow] = all(element, 'lightning-input');
  rating!.dispatchEvent(new CustomEvent('change', { detail: { value: 'Warm' } }));
  min!.dispatchEvent(new CustomEvent('change', { detail: { value: '30' } }));
  leaveBelow!.dispatchEvent(new CustomEvent('change', { detail: { value: '20' } }));
  expect(element.draft.thresholds![0]).toEqual({ rating: 'Warm', min: 30, leaveBelow: 20 });
  leaveBelow!.dispatchEvent(new CustomEvent('change', { detail: { value: '' } }));
  expect(element.draft.thresholds![0]).toEqual({ rating: 'Warm', min: 30 });
  await settled();
  for (let times = 0; times < 2; times += 1) {
    all(element, 'lightning-button-icon')[0]!.dispatchEvent(new CustomEvent('click'));
    await settled();
  }
  expect(element.draft).not.toHaveProperty('thresholds');
});
