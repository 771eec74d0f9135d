import { afterEach, expect, it, jest } from '@jest/globals';
import EngagementTimeline from 'c/engagementTimeline';
import { show, textOf, wire } from '../../__tests__/wire';

const LEAD = '00Q000000000001EAA';
const engagement = (Id: string, changes: object = {}) => ({
  node: {
    Id,
    Type__c: { value: 'email.click' },
    Occurred_At__c: { value: '2026-01-15T10:45:41.000Z' },
    Verdict__c: { value: 'unknown' },
    Properties__c: { value: '{"link":{"url":"https://example.com/pricing"},"campaign":{"name":"January"}}' },
    ...changes,
  },
});
const answer = (totalCount: number, ...edges: object[]) => ({
  uiapi: { query: { Engagement__c: { totalCount, edges } } },
});
const find = ({ shadowRoot }: { shadowRoot: ShadowRoot }, selector: string) => shadowRoot.querySelector(selector);
const timeline = () => show('c-engagement-timeline', EngagementTimeline, { recordId: LEAD });

afterEach(() => {
  jest.useRealTimers();
});

it('spins until the engagement is there', async () => {
  const element = timeline();
  await Promise.resolve();
  expect(find(element, 'lightning-spinner')).not.toBeNull();
  expect(wire.getLastConfig().variables).toEqual({ recordId: LEAD, type: '%', first: 10 });
  await expect(element).toBeAccessible();
});

it('says what was done, what it was about, and when', async () => {
  const element = timeline();
  wire.emit(answer(1, engagement('a')));
  await Promise.resolve();
  expect(textOf(find(element, 'li')!)).toContain('c.Engagement_Email_Click');
  expect(textOf(find(element, 'li')!)).toContain('https://example.com/pricing');
  expect(find(element, 'lightning-formatted-date-time')).toMatchObject({ value: Date.UTC(2026, 0, 15, 10, 45, 41) });
  expect(find(element, 'lightning-badge')).toBeNull();
  expect(find(element, 'lightning-button')).toBeNull();
  await expect(element).toBeAccessible();
});

it.each([
  ['{"page":{"url":"https://example.com/","title":"Home"}}', 'Home'],
  ['{"form":{"id":"newsletter"}}', 'newsletter'],
  ['{"campaign":{"name":"January","subject":"Hello"}}', 'Hello'],
  ['{"link":{"url":5},"tag":{"name":"webinar"}}', 'webinar'],
])('takes from %s what it was about', async (value, about) => {
  const element = timeline();
  wire.emit(answer(1, engagement('a', { Properties__c: { value } })));
  await Promise.resolve();
  expect(find(element, '[title]')!.textContent).toBe(about);
});

it.each([[null], ['{}'], ['[1]'], ['null'], ['{"link":'], ['{"link":null}']])(
  'shows an engagement with the properties %j',
  async (value) => {
    const element = timeline();
    wire.emit(answer(1, engagement('a', { Properties__c: { value } })));
    await Promise.resolve();
    expect(find(element, 'li')).not.toBeNull();
    expect(find(element, '[title]')).toBeNull();
  },
);

it('marks what a machine did, or perhaps did', async () => {
  const element = timeline();
  const verdicts = ['machine', 'suspect', 'human', null];
  wire.emit(answer(4, ...verdicts.map((value, id) => engagement(String(id), { Verdict__c: { value } }))));
  await Promise.resolve();
  expect([...element.shadowRoot.querySelectorAll('lightning-badge')]).toMatchObject([
    { label: 'c.Timeline_Machine' },
    { label: 'c.Timeline_Suspect' },
  ]);
  await expect(element).toBeAccessible();
});

it('narrows the list, and shows more on request', async () => {
  const element = timeline();
  wire.emit(answer(30, ...Array.from({ length: 10 }, (_, id) => engagement(String(id)))));
  await Promise.resolve();
  find(element, 'lightning-button')!.dispatchEvent(new CustomEvent('click'));
  await Promise.resolve();
  expect(wire.getLastConfig().variables).toMatchObject({ type: '%', first: 20 });
  find(element, 'lightning-combobox')!.dispatchEvent(new CustomEvent('change', { detail: { value: 'form.%' } }));
  await Promise.resolve();
  expect(wire.getLastConfig().variables).toMatchObject({ type: 'form.%', first: 10 });
  wire.emit(answer(0));
  await Promise.resolve();
  expect(find(element, '[data-id="none"]')!.textContent).toBe('c.Timeline_None_Of_These');
});

it('says that there is none yet', async () => {
  const element = timeline();
  wire.emit(answer(0));
  await Promise.resolve();
  expect(find(element, '[data-id="none"]')!.textContent).toBe('c.Timeline_None');
  await expect(element).toBeAccessible();
});

it('says what went wrong', async () => {
  const element = timeline();
  wire.emitErrors([{ message: 'Out of order' }]);
  await Promise.resolve();
  expect(textOf(find(element, 'c-error-panel')!)).toContain('c.Timeline_Did_Not_Load');
  await expect(element).toBeAccessible();
});

it('refreshes while it is on the page', async () => {
  jest.useFakeTimers();
  const refresh = jest.fn(() => Promise.resolve());
  const element = timeline();
  wire.emit(answer(1, engagement('a')), undefined, refresh);
  await jest.advanceTimersByTimeAsync(3000);
  expect(refresh).toHaveBeenCalledTimes(1);
  element.remove();
  await jest.advanceTimersByTimeAsync(9000);
  expect(refresh).toHaveBeenCalledTimes(1);
});
