import { afterEach, expect, it, jest } from '@jest/globals';
import ScoreCard from 'c/scoreCard';
import { show, textOf, wire } from '../../__tests__/wire';

const LEAD = '00Q000000000001EAA';
const engaged = {
  Last_Engagement_At__c: { value: '2026-01-15T10:45:41.000Z' },
  Last_Engagement_Type__c: { value: 'email.click' },
};
const score = {
  Id: 'a02000000000001EAA',
  Value__c: { value: 63 },
  Rating__c: { value: 'Warm' },
  Grade__c: { value: 'B2' },
  Reasons__c: { value: '+20 Pricing page visit (2 times)\n-5 Free email address' },
  Lead__r: engaged,
  Contact__r: null,
};
const answer = (...nodes: object[]) => ({ uiapi: { query: { Score__c: { edges: nodes.map((node) => ({ node })) } } } });
const find = ({ shadowRoot }: { shadowRoot: ShadowRoot }, selector: string) => shadowRoot.querySelector(selector);

afterEach(() => {
  jest.useRealTimers();
});

it('spins until the score is there', async () => {
  const element = show('c-score-card', ScoreCard, { recordId: LEAD });
  await Promise.resolve();
  expect(find(element, 'lightning-spinner')).not.toBeNull();
  expect(wire.getLastConfig().variables).toEqual({ recordId: LEAD });
  await expect(element).toBeAccessible();
});

it('shows score, rating, grade, reasons and the last engagement', async () => {
  const element = show('c-score-card', ScoreCard, { recordId: LEAD });
  wire.emit(answer(score));
  await Promise.resolve();
  expect(find(element, 'lightning-formatted-number')).toMatchObject({ value: 63 });
  expect([...element.shadowRoot.querySelectorAll('lightning-badge')]).toMatchObject([
    { label: 'Warm' },
    { label: 'c.Score_Grade' },
  ]);
  expect(find(element, 'c-score-reasons')).toMatchObject({
    reasons: [{ name: 'Pricing page visit', points: 20, awards: 2 }, { points: -5 }],
  });
  expect(textOf(find(element, '[data-id="engagement"]')!)).toContain('c.Engagement_Email_Click');
  expect(find(element, 'lightning-relative-date-time')).toMatchObject({ value: Date.UTC(2026, 0, 15, 10, 45, 41) });
  expect(find(element, 'lightning-spinner')).toBeNull();
  await expect(element).toBeAccessible();
});

it.each([
  ['+20 Pricing page visit (2 times)', [{ name: 'Pricing page visit', points: 20, awards: 2 }]],
  ['-2.5 Free email address', [{ name: 'Free email address', points: -2.5, awards: 1 }]],
  ['0 Newsletter (weekly)', [{ name: 'Newsletter (weekly)', points: 0, awards: 1 }]],
  ['+1 One\n+2 Two', [{ name: 'One' }, { name: 'Two' }]],
  ['no reason at all', []],
  [null, []],
])('reads the reasons %j', async (value, reasons) => {
  const element = show('c-score-card', ScoreCard, { recordId: LEAD });
  wire.emit(answer({ ...score, Reasons__c: { value } }));
  await Promise.resolve();
  expect(find(element, 'c-score-reasons')).toMatchObject({ reasons });
});

it('shows a contact’s score without rating, grade, reasons or engagement', async () => {
  const blank = { value: null };
  const quiet = { Last_Engagement_At__c: blank, Last_Engagement_Type__c: blank };
  const element = show('c-score-card', ScoreCard, { recordId: '003000000000001EAA' });
  wire.emit(
    answer({
      ...score,
      Rating__c: blank,
      Grade__c: blank,
      Reasons__c: blank,
      Lead__r: null,
      Contact__r: quiet,
    }),
  );
  await Promise.resolve();
  expect(find(element, 'lightning-badge')).toBeNull();
  expect(find(element, '[data-id="engagement"]')).toBeNull();
  expect(textOf(element)).toContain('c.No_Engagement');
  await expect(element).toBeAccessible();
});

it('holds long text', async () => {
  const long = 'Aufmerksamkeitsdefizit '.repeat(30).trim();
  const element = show('c-score-card', ScoreCard, { recordId: LEAD });
  wire.emit(answer({ ...score, Rating__c: { value: long }, Value__c: { value: -123456.78 } }));
  await Promise.resolve();
  expect(find(element, 'lightning-badge')).toMatchObject({ label: long });
  await expect(element).toBeAccessible();
});

it('says that there is no score yet', async () => {
  const element = show('c-score-card', ScoreCard, { recordId: LEAD });
  wire.emit(answer());
  await Promise.resolve();
  expect(find(element, '[data-id="none"]')!.textContent).toBe('c.Score_None');
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
  wire.emit(answer(score));
  await Promise.resolve();
  expect(find(element, 'c-error-panel')).toBeNull();
});

it('refreshes while it is on the page', async () => {
  jest.useFakeTimers();
  const refresh = jest.fn(() => Promise.resolve());
  const element = show('c-score-card', ScoreCard, { recordId: LEAD });
  wire.emit(answer(score), undefined, refresh);
  await jest.advanceTimersByTimeAsync(10_000);
  const rounds = refresh.mock.calls.length;
  expect(rounds).toBeGreaterThan(1);
  element.remove();
  await jest.advanceTimersByTimeAsync(10_000);
  expect(refresh).toHaveBeenCalledTimes(rounds);
});
