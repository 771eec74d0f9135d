import { expect, it } from '@jest/globals';
import ScoreTrend from 'c/scoreTrend';
import type { Change } from 'c/scoreTrend';
import { show } from '../../__tests__/wire';
import { trendOf } from '../trend';

const DAY = 86_400_000;
const changes: Change[] = [
  { id: 'a', at: 0, value: 20, delta: 20, rating: null, cause: 'Demo requested' },
  { id: 'b', at: DAY, value: 40, delta: 20, rating: 'Warm', cause: 'Form submitted' },
  { id: 'c', at: 2 * DAY, value: 30, delta: -10, rating: 'Warm', cause: null },
];

it('goes in steps from before the first change to what the score is now', () => {
  const { line } = trendOf(changes, 20, 4 * DAY, 100, 40);
  expect(line).toBe('M0,40 H0 V20 H25 V0 H50 V10 H100 V20');
});

it('marks only the changes that brought another rating', () => {
  const fallen = { id: 'd', at: 3 * DAY, value: 10, delta: -20, rating: null, cause: 'Demo requested' };
  expect(trendOf([...changes, fallen], 10, 4 * DAY, 100, 40).marks).toEqual([
    { key: 'b', x: 25, y: 0, rating: 'Warm' },
    { key: 'd', x: 75, y: 30, rating: null },
  ]);
});

it('draws a single change of this very instant, and a score below zero', () => {
  const [first] = [{ ...changes[0]!, value: -5, delta: -5 }];
  expect(trendOf([first], -5, 0, 100, 40)).toEqual({ line: 'M0,0 H0 V40 H100 V40', marks: [] });
});

it('is a picture with its description, and the last change in words', async () => {
  const element = show('c-score-trend', ScoreTrend, { changes, value: 30, now: 4 * DAY });
  const picture = element.shadowRoot.querySelector('svg')!;
  expect(picture.getAttribute('role')).toBe('img');
  expect(picture.getAttribute('aria-label')).toBe('c.Score_Trend');
  expect(picture.querySelectorAll('circle')).toHaveLength(1);
  expect(picture.querySelector('title')!.textContent).toBe('Warm');
  expect(element.shadowRoot.querySelector('[data-id="last"]')!.textContent).toBe('c.Score_Last_Change');
  await expect(element).toBeAccessible();
});

it('is nothing without changes', async () => {
  const element = show('c-score-trend', ScoreTrend);
  expect(element.shadowRoot.querySelector('svg')).toBeNull();
  await expect(element).toBeAccessible();
});
