import { expect, it } from '@jest/globals';
import ScoreReasons from 'c/scoreReasons';
import type { Adjustment } from 'c/scoreReasons';
import { show } from '../../__tests__/wire';

const lines = (element: { shadowRoot: ShadowRoot }) =>
  [...element.shadowRoot.querySelectorAll('li')].map((line) => line.textContent);
const last = null;

it('shows points with their sign, and how often only from twice on', async () => {
  const element = show('c-score-reasons', ScoreReasons, {
    reasons: [
      { name: 'Pricing page visit', points: 22.5, awards: 3, last },
      { name: 'Free email address', points: -5, awards: 1, last },
      { name: 'Newsletter', points: 0, awards: 1, last },
    ],
  });
  expect(lines(element)).toEqual(['+22.5Pricing page visitc.Score_Times', '-5Free email address', '0Newsletter']);
  await expect(element).toBeAccessible();
});

it('shows when what is behind it last happened', async () => {
  const at = Date.UTC(2026, 1, 3);
  const element = show('c-score-reasons', ScoreReasons, {
    reasons: [{ name: 'Pricing page visit', points: 15, awards: 1, last: at }],
  });
  expect(element.shadowRoot.querySelector('lightning-formatted-date-time')).toMatchObject({ value: at });
  await expect(element).toBeAccessible();
});

it('shows what limits take, after the reasons', async () => {
  const adjustments: Adjustment[] = [
    { kind: 'category', key: 'interest', name: 'Interest', points: -42.56 },
    { kind: 'rounding', key: '', name: '', points: 0.5 },
  ];
  const reasons = [{ name: 'Pricing page visit', points: 84, awards: 1, last }];
  const element = show('c-score-reasons', ScoreReasons, { reasons, adjustments });
  expect(lines(element)).toEqual(['+84Pricing page visit', '-42.56c.Score_Held_Category', '+0.5c.Score_Rounded']);
  await expect(element).toBeAccessible();
});

it('shows the first five, however long their names', async () => {
  const reasons = Array.from({ length: 40 }, (_, i) => ({
    name: `${i} ${'Donaudampfschiff'.repeat(20)}`,
    points: i,
    awards: 1,
    last,
  }));
  const element = show('c-score-reasons', ScoreReasons, { reasons });
  expect(lines(element)).toHaveLength(5);
  await expect(element).toBeAccessible();
});

it.each([
  [false, 'c.Score_No_Reasons'],
  [true, 'c.Score_Nothing_Applies'],
])('says why there are no points; engaged: %s', async (engaged, text) => {
  const element = show('c-score-reasons', ScoreReasons, { engaged });
  expect(element.shadowRoot.textContent).toBe(text);
  await expect(element).toBeAccessible();
});
