import { afterEach, expect, it, jest } from '@jest/globals';
import ScoreCard from 'c/scoreCard';
import { show, wire } from '../../__tests__/wire';

const LEAD = '00Q000000000001EAA';
const engaged = {
  Last_Engagement_At__c: { value: '2026-01-15T10:45:41.000Z' },
  Last_Engagement_Type__c: { value: 'email.click' },
};
const changed = (Changed_At__c: string, value: number) => ({
  node: {
    Id: Changed_At__c,
    Changed_At__c: { value: Changed_At__c },
    Value__c: { value },
    Delta__c: { value: 20 },
    Rating__c: { value: 'Warm' },
    Cause__c: { value: 'Pricing page visit' },
  },
});
const explanation = {
  score: 63,
  reasons: [{ name: 'Pricing page visit', points: 20, awards: 2, last: '2026-01-15T10:45:41.000Z' }],
  adjustments: [{ kind: 'rounding', key: '', name: '', points: 0.5 }],
  ...{ ahead: [], next: null, blocks: [], goal: { rating: 'Hot', short: 7, offers: [] } },
};
const score = {
  Id: 'a02000000000001EAA',
  Value__c: { value: 63 },
  Rating__c: { value: 'Warm' },
  Grade__c: { value: 'B2' },
  Reasons__c: { value: '+20 Pricing page visit (2 times)\n-5 Free email address' },
  Explanation__c: { value: JSON.stringify(explanation) },
  Evaluated_At__c: { value: '2026-01-15T10:45:42.000Z' },
  Model__r: { Name: { value: 'Lead score' } },
  Lead__r: engaged,
  Contact__r: null,
  Changes__r: { edges: [changed('2026-01-15T10:45:42.000Z', 63), changed('2026-01-14T00:00:00.000Z', 43)] },
};
const edges = (...nodes: object[]) => ({ edges: nodes.map((node) => ({ node })) });
const answer = (scores: object[], { models = 1, engagements = 1 } = {}) => ({
  uiapi: {
    query: {
      Score__c: edges(...scores),
      Scoring_Model__c: edges(...Array.from({ length: models }, () => ({ Id: 'a00' }))),
      Engagement__c: edges(...Array.from({ length: engagements }, () => ({ Id: 'a01' }))),
    },
  },
});
const find = ({ shadowRoot }: { shadowRoot: ShadowRoot }, selector: string) => shadowRoot.querySelector(selector);

afterEach(() => {
  jest.useRealTimers();
});

it('spins until the score is there', async () => {
  const element = show('c-score-card', ScoreCard, { recordId: LEAD, objectApiName: 'Lead' });
  await Promise.resolve();
  expect(find(element, 'lightning-spinner')).not.toBeNull();
  expect(wire.getLastConfig().variables).toEqual({ recordId: LEAD, id: LEAD, object: 'Lead' });
  await expect(element).toBeAccessible();
});

it('hands everything that is known about a score to its section', async () => {
  const element = show('c-score-card', ScoreCard, { recordId: LEAD });
  wire.emit(answer([score]));
  await Promise.resolve();
  expect(find(element, 'c-score-section')).toMatchObject({
    engaged: true,
    score: {
      value: 63,
      rating: 'Warm',
      grade: 'B2',
      computedAt: Date.UTC(2026, 0, 15, 10, 45, 42),
      reasons: [{ name: 'Pricing page visit', points: 20, awards: 2, last: Date.UTC(2026, 0, 15, 10, 45, 41) }],
      adjustments: [{ kind: 'rounding', points: 0.5 }],
      outlook: { ahead: [], next: null, blocks: [], goal: { rating: 'Hot', short: 7 } },
      changes: [
        { at: Date.UTC(2026, 0, 14), value: 43 },
        { value: 63, cause: 'Pricing page visit' },
      ],
      lastEngagement: { at: Date.UTC(2026, 0, 15, 10, 45, 41), what: 'c.Engagement_Email_Click' },
    },
  });
  expect(find(element, 'lightning-spinner')).toBeNull();
  expect(find(element, '[data-id="model"]')).toBeNull();
  await expect(element).toBeAccessible();
});

it('shows each model’s score under its name', async () => {
  const element = show('c-score-card', ScoreCard, { recordId: LEAD });
  const other = { ...score, Id: 'a02000000000002EAA', Model__r: { Name: { value: 'Partner fit' } } };
  wire.emit(answer([score, other]));
  await Promise.resolve();
  const names = [...element.shadowRoot.querySelectorAll('[data-id="model"]')].map(({ textContent }) => textContent);
  expect(names).toEqual(['Lead score', 'Partner fit']);
  expect(element.shadowRoot.querySelectorAll('c-score-section')).toHaveLength(2);
  await expect(element).toBeAccessible();
});

it.each([
  ['+20 Pricing page visit (2 times)', [{ name: 'Pricing page visit', points: 20, awards: 2 }]],
  ['-2.5 Free email address', [{ name: 'Free email address', points: -2.5, awards: 1 }]],
  ['0 Newsletter (weekly)', [{ name: 'Newsletter (weekly)', points: 0, awards: 1 }]],
  ['+1 One\n+2 Two', [{ name: 'One' }, { name: 'Two' }]],
  ['no reason at all', []],
  [null, []],
])('reads the reasons %j where the explanation has none', async (value, reasons) => {
  for (const Explanation__c of [{ value: '{"score":63}' }, { value: null }, { value: 'no JSON' }]) {
    const element = show('c-score-card', ScoreCard, { recordId: LEAD });
    wire.emit(answer([{ ...score, Explanation__c, Reasons__c: { value } }]));
    await Promise.resolve();
    expect(find(element, 'c-score-section')).toMatchObject({ score: { reasons, adjustments: [] } });
  }
});

it('shows a contact’s score, whose engagement is not known', async () => {
  const blank = { value: null };
  const quiet = { Last_Engagement_At__c: blank, Last_Engagement_Type__c: blank };
  const element = show('c-score-card', ScoreCard, { recordId: '003000000000001EAA' });
  wire.emit(answer([{ ...score, Evaluated_At__c: blank, Lead__r: null, Contact__r: quiet }]));
  await Promise.resolve();
  expect(find(element, 'c-score-section')).toMatchObject({ score: { lastEngagement: null, computedAt: null } });
});

it.each([
  ['no model scores such records', { models: 0, engagements: 1 }, 'c.Score_No_Model'],
  ['nothing has engaged yet', { models: 1, engagements: 0 }, 'c.Score_None'],
  ['the score has not arrived', { models: 1, engagements: 1 }, 'c.Score_Pending'],
])('says that there is no score because %s', async (_why, counts, text) => {
  const element = show('c-score-card', ScoreCard, { recordId: LEAD, objectApiName: 'Lead' });
  wire.emit(answer([], counts));
  await Promise.resolve();
  expect(find(element, '[data-id="none"]')!.textContent).toBe(text);
  await expect(element).toBeAccessible();
});

it('says what went wrong, until a later round succeeds', async () => {
  const element = show('c-score-card', ScoreCard, { recordId: LEAD });
  wire.emitErrors([{ message: 'Field is undefined' }]);
  await Promise.resolve();
  expect(find(element, 'c-error-panel')).toMatchObject({
    message: 'c.Score_Did_Not_Load',
    errors: [{ message: 'Field is undefined' }],
  });
  await expect(element).toBeAccessible();
  wire.emit(answer([score]));
  await Promise.resolve();
  expect(find(element, 'c-error-panel')).toBeNull();
});

it('refreshes while it is on the page', async () => {
  jest.useFakeTimers();
  const refresh = jest.fn(() => Promise.resolve());
  const element = show('c-score-card', ScoreCard, { recordId: LEAD });
  wire.emit(answer([score]), undefined, refresh);
  await jest.advanceTimersByTimeAsync(10_000);
  const rounds = refresh.mock.calls.length;
  expect(rounds).toBeGreaterThan(1);
  element.remove();
  await jest.advanceTimersByTimeAsync(10_000);
  expect(refresh).toHaveBeenCalledTimes(rounds);
});
