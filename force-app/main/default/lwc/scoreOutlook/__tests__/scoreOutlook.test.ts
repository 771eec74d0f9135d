import { beforeAll, expect, it } from '@jest/globals';
import type ScoreOutlookClass from 'c/scoreOutlook';
import type { Outlook } from 'c/scoreOutlook';
import { useLabels } from '../../__tests__/labels.cjs';
import { show, textOf } from '../../__tests__/wire';

let ScoreOutlook: typeof ScoreOutlookClass;

beforeAll(async () => {
  useLabels();
  ({ default: ScoreOutlook } = await import('c/scoreOutlook'));
});

const nothing: Outlook = { ahead: [], next: null, blocks: [], goal: null };
const part = ({ shadowRoot }: { shadowRoot: ShadowRoot }, id: string) => shadowRoot.querySelector(`[data-id="${id}"]`);
const words = (element: { shadowRoot: ShadowRoot }, id: string) =>
  textOf(part(element, id)!).replaceAll(/\s+/g, ' ').trim();
const outlook = (more: Partial<Outlook>) => show('c-score-outlook', ScoreOutlook, { outlook: { ...nothing, ...more } });

it('says what falls and when, with the score that is left', async () => {
  const element = outlook({
    next: { at: '2026-03-05T09:15:00.000Z', score: 12.5, rating: null },
    ahead: [{ rule: 'demo', name: 'Demo requested', at: '2026-03-04T00:00:00.000Z', points: -25 }],
  });
  expect(words(element, 'ahead')).toBe('What Changes by Itself -25 Demo requested Score 12.5');
  const dates = [...part(element, 'ahead')!.querySelectorAll('lightning-formatted-date-time')];
  expect(dates).toMatchObject([{ value: Date.UTC(2026, 2, 4) }, { value: Date.UTC(2026, 2, 5, 9, 15) }]);
  await expect(element).toBeAccessible();
});

it('says which gate holds it back, and what it misses', async () => {
  const condition = { field: 'Country', op: 'eq' as const, value: 'Germany' };
  const gate = { gate: 'country', name: 'Served country', cap: 20, missing: [{ condition }], opensAt: null };
  const element = outlook({ blocks: [{ ...gate, rating: null }] });
  expect(words(element, 'blocks')).toBe(
    'What Holds It Back “Served country” is not met: the score is at most 20. Missing: Country is “Germany”',
  );
  expect(
    words(outlook({ blocks: [{ ...gate, rating: 'Cold', opensAt: '2026-03-05T00:00:00.000Z' }] }), 'blocks'),
  ).toContain('“Served country” is not met: the rating is Cold, the score at most 20.');
  await expect(element).toBeAccessible();
});

it('says what the next rating takes', async () => {
  const offers = [{ name: 'Form submitted', points: 20 }];
  const element = outlook({ goal: { rating: 'Hot', short: 10, offers } });
  expect(words(element, 'goal')).toBe('Next Rating Points missing for Hot: 10 Not given yet: +20 Form submitted');
  expect(words(outlook({ goal: { rating: 'Hot', short: 0, offers } }), 'goal')).toBe(
    'Next Rating The points for Hot are there, but a gate holds the rating back.',
  );
  await expect(element).toBeAccessible();
});

it('says nothing where there is nothing to say', async () => {
  const element = outlook({});
  expect(element.shadowRoot.textContent).toBe('');
  await expect(element).toBeAccessible();
});
