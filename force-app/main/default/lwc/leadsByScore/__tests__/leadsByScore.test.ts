import { expect, it, jest, afterEach } from '@jest/globals';
import LeadsByScore from 'c/leadsByScore';
import { show, textOf, wire } from '../../__tests__/wire';

const lead = (number: number, changes: object = {}) => ({
  node: {
    Id: `00Q00000000000${number}`,
    Name: { value: `Lead ${number}` },
    Company: { value: 'Acme' },
    Lead_Score__c: { value: 100 - number },
    Score_Rating__c: { value: 'Hot' },
    Last_Engagement_At__c: { value: '2026-01-15T10:45:41.000Z' },
    Last_Engagement_Type__c: { value: 'form.submit' },
    Owner: { Name: { value: 'Robin Reed' } },
    ...changes,
  },
});
const answer = (totalCount: number, ...edges: object[]) => ({ uiapi: { query: { Lead: { totalCount, edges } } } });
const find = ({ shadowRoot }: { shadowRoot: ShadowRoot }, selector: string) => shadowRoot.querySelector(selector);

afterEach(() => {
  jest.useRealTimers();
});

it('spins until the leads are there', async () => {
  const element = show('c-leads-by-score', LeadsByScore);
  await Promise.resolve();
  expect(find(element, 'lightning-spinner')).not.toBeNull();
  await expect(element).toBeAccessible();
});

it('lists leads with a link to each', async () => {
  const element = show('c-leads-by-score', LeadsByScore);
  wire.emit(answer(1, lead(1)));
  await Promise.resolve();
  expect(find(element, 'lightning-datatable')).toMatchObject({
    data: [
      {
        url: '/lightning/r/Lead/00Q000000000001/view',
        name: 'Lead 1',
        company: 'Acme',
        score: 99,
        rating: 'Hot',
        lastEngagement: 'c.Engagement_Form_Submit',
        lastEngagementAt: '2026-01-15T10:45:41.000Z',
        owner: 'Robin Reed',
      },
    ],
  });
  expect(find(element, 'lightning-button')).toBeNull();
  await expect(element).toBeAccessible();
});

it('lists a lead without score, engagement or visible owner, and one with a long name', async () => {
  const blank = { value: null };
  const element = show('c-leads-by-score', LeadsByScore);
  wire.emit(
    answer(
      2,
      lead(1, { Lead_Score__c: blank, Last_Engagement_At__c: blank, Last_Engagement_Type__c: blank, Owner: null }),
      lead(2, { Name: { value: 'Long name '.repeat(50) } }),
    ),
  );
  await Promise.resolve();
  expect(find(element, 'lightning-datatable')).toMatchObject({ data: [{ score: null, lastEngagement: '' }, {}] });
  await expect(element).toBeAccessible();
});

it('shows more on request', async () => {
  const element = show('c-leads-by-score', LeadsByScore);
  wire.emit(answer(120, ...Array.from({ length: 50 }, (_, number) => lead(number))));
  await Promise.resolve();
  find(element, 'lightning-button')!.dispatchEvent(new CustomEvent('click'));
  await Promise.resolve();
  expect(wire.getLastConfig().variables).toEqual({ first: 100 });
});

it('says that there are no leads yet', async () => {
  const element = show('c-leads-by-score', LeadsByScore);
  wire.emit(answer(0));
  await Promise.resolve();
  expect(find(element, '[data-id="none"]')!.textContent).toBe('c.Leads_None');
  await expect(element).toBeAccessible();
});

it('says what went wrong', async () => {
  const element = show('c-leads-by-score', LeadsByScore);
  wire.emitErrors([{ message: 'Out of order' }]);
  await Promise.resolve();
  expect(textOf(find(element, 'c-error-panel')!)).toContain('c.Leads_Did_Not_Load');
  await expect(element).toBeAccessible();
});

it('refreshes while it is on the page', async () => {
  jest.useFakeTimers();
  const refresh = jest.fn(() => Promise.resolve());
  const element = show('c-leads-by-score', LeadsByScore);
  wire.emit(answer(1, lead(1)), undefined, refresh);
  await jest.advanceTimersByTimeAsync(10_000);
  const rounds = refresh.mock.calls.length;
  expect(rounds).toBeGreaterThan(1);
  element.remove();
  await jest.advanceTimersByTimeAsync(10_000);
  expect(refresh).toHaveBeenCalledTimes(rounds);
});
