import { expect, it } from '@jest/globals';
import ScoreReasons from 'c/scoreReasons';
import { show } from '../../__tests__/wire';

const lines = (element: { shadowRoot: ShadowRoot }) =>
  [...element.shadowRoot.querySelectorAll('li')].map((line) => line.textContent);

it('shows points with their sign, and how often only from twice on', async () => {
  const element = show('c-score-reasons', ScoreReasons, {
    reasons: [
      { name: 'Pricing page visit', points: 22.5, awards: 3 },
      { name: 'Free email address', points: -5, awards: 1 },
      { name: 'Newsletter', points: 0, awards: 1 },
    ],
  });
  expect(lines(element)).toEqual(['+22.5Pricing page visitc.Score_Times', '-5Free email address', '0Newsletter']);
  await expect(element).toBeAccessible();
});

it('shows the first five, however long their names', async () => {
  const reasons = Array.from({ length: 40 }, (_, i) => ({
    name: `${i} ${'Donaudampfschiff'.repeat(20)}`,
    points: i,
    awards: 1,
  }));
  const element = show('c-score-reasons', ScoreReasons, { reasons });
  expect(lines(element)).toHaveLength(5);
  await expect(element).toBeAccessible();
});

it('says that nothing has earned points yet', async () => {
  const element = show('c-score-reasons', ScoreReasons);
  expect(element.shadowRoot.textContent).toBe('c.Score_No_Reasons');
  await expect(element).toBeAccessible();
});
