import { expect, it } from '@jest/globals';
import ScoreSection from 'c/scoreSection';
import type { Score } from 'c/scoreSection';
import { show, textOf } from '../../__tests__/wire';

const at = Date.UTC(2026, 0, 15, 10, 45, 41);
const score: Score = {
  id: 'a02000000000001EAA',
  model: 'Lead score',
  value: 63,
  rating: 'Warm',
  grade: 'B2',
  computedAt: at,
  reasons: [{ name: 'Pricing page visit', points: 20, awards: 2, last: at }],
  adjustments: [],
  outlook: { ahead: [], next: null, blocks: [], goal: null },
  changes: [{ id: 'a', at, value: 63, delta: 63, rating: 'Warm', cause: 'Pricing page visit' }],
  lastEngagement: { at, what: 'Clicked' },
};
const find = ({ shadowRoot }: { shadowRoot: ShadowRoot }, selector: string) => shadowRoot.querySelector(selector);

it('shows score, rating, grade, trend, reasons, outlook and freshness', async () => {
  const element = show('c-score-section', ScoreSection, { score, engaged: true });
  expect(find(element, 'lightning-formatted-number')).toMatchObject({ value: 63 });
  expect([...element.shadowRoot.querySelectorAll('lightning-badge')]).toMatchObject([
    { label: 'Warm' },
    { label: 'c.Score_Grade' },
  ]);
  expect(find(element, 'c-score-trend')).toMatchObject({ changes: score.changes, value: 63 });
  expect(find(element, 'c-score-reasons')).toMatchObject({ reasons: score.reasons, engaged: true });
  expect(find(element, 'c-score-outlook')).toMatchObject({ outlook: score.outlook });
  expect(textOf(find(element, '[data-id="engagement"]')!)).toContain('Clicked');
  expect(find(element, '[data-id="computed"] lightning-relative-date-time')).toMatchObject({ value: at });
  await expect(element).toBeAccessible();
});

it('shows a score without rating, grade, trend or engagement', async () => {
  const bare = { ...score, rating: null, grade: null, changes: [], lastEngagement: null, computedAt: null };
  const element = show('c-score-section', ScoreSection, { score: bare });
  for (const absent of ['lightning-badge', 'c-score-trend', '[data-id="engagement"]', '[data-id="computed"]'])
    expect(find(element, absent)).toBeNull();
  expect(textOf(element)).toContain('c.No_Engagement');
  await expect(element).toBeAccessible();
});

it('holds long text', async () => {
  const rating = 'Aufmerksamkeitsdefizit '.repeat(30).trim();
  const element = show('c-score-section', ScoreSection, { score: { ...score, rating, value: -123456.78 } });
  expect(find(element, 'lightning-badge')).toMatchObject({ label: rating });
  await expect(element).toBeAccessible();
});
