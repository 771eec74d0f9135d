import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { visit, type Visit } from './support/browser.ts';
import { startTestStack, type TestStack } from './support/stack.ts';

describe('a sales rep at the Lightning page', () => {
  let stack: TestStack;
  let opened: Visit;
  let page: Page;

  beforeAll(async () => {
    stack = await startTestStack();
    opened = await visit(1150);
    page = opened.page;
  }, 60_000);

  afterAll(async () => {
    await opened.end();
    await stack.stop();
  });

  const seen = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const card = () => page.locator('c-score-card');

  test('sees the leads that engage, hottest first', async () => {
    await stack.play('cloudevents-click');
    await stack.play('generic-webinar');
    await stack.until("SELECT Id FROM Lead WHERE Lead_Score__c = 50 AND LastName = 'Lindqvist'", () => true);
    await page.goto(stack.pageUrl);
    await seen('Tomas Lindqvist');
    const names = await page.getByRole('link', { name: /Jane Doe|Tomas Lindqvist/ }).allInnerTexts();
    expect(names).toEqual(['Jane Doe', 'Tomas Lindqvist']);
    await opened.screenshot('leads-by-score');
    expect(await opened.violations()).toEqual([]);
  });

  test('opens a lead and sees the score, the reasons and the last engagement', async () => {
    await page.getByRole('link', { name: 'Tomas Lindqvist' }).click();
    await card().getByText('50', { exact: true }).waitFor();
    for (const text of ['Warm', 'Demo requested', 'Target industry', 'Booked a meeting'])
      await card().getByText(text).first().waitFor();
    expect(page.url()).toMatch(/\/lightning\/r\/Lead\/00Q\w{15}\/view$/);
    expect(await opened.violations()).toEqual([]);
  });

  test('sees the trend, what the next rating takes, and what will fall', async () => {
    await card().getByRole('img', { name: 'The score went from 0 to 50;' }).waitFor();
    await opened.screenshot('score-card');
    for (const text of ['Points missing for Hot: 10', '+20 Form submitted', '-25 Demo requested', 'Score 45, Warm'])
      await card().getByText(text).waitFor();
  });

  test('sees the score rise and the task of the Flow appear, without a reload', async () => {
    const body = new URLSearchParams({
      type: 'click',
      date_time: new Date().toISOString(),
      'contact[email]': 'tomas.lindqvist@granitematerials.example',
      'link[url]': 'https://www.scoreline.example/pricing',
    });
    await fetch(`${stack.ingesterUrl}/in/activecampaign`, { method: 'POST', body });
    await card().getByText('70', { exact: true }).waitFor();
    await card().locator('lightning-badge').getByText('Hot').waitFor();
    await card().locator('c-score-reasons').getByText('Pricing page visited').waitFor();
    await card().getByText('Last change: +20, mostly “Pricing page visited”').waitFor();
    await seen('Hot lead: get in touch');
    await page.locator('c-engagement-timeline').getByText('https://www.scoreline.example/pricing').waitFor();
    await opened.screenshot('lead-page');
  });

  test('goes back to the list', async () => {
    await page.goBack();
    await seen('Leads by Score');
    await page.getByRole('link', { name: 'Tomas Lindqvist' }).waitFor();
  });

  test('is told why there is no score: no engagement, or no model', async () => {
    const quiet = await stack.org.sobject('Lead').create({ LastName: 'Quiet', Company: 'Acme', Country: 'Germany' });
    await page.goto(new URL(`/lightning/r/Lead/${quiet.id}/view`, stack.pageUrl).href);
    await card().getByText('No score yet: there is no engagement with this record.').waitFor();
    const contact = await stack.org.sobject('Contact').create({ LastName: 'Lindqvist', FirstName: 'Tomas' });
    await page.goto(new URL(`/lightning/r/Contact/${contact.id}/view`, stack.pageUrl).href);
    await card().getByText('No active scoring model scores records of this kind.').waitFor();
    await page.locator('c-engagement-timeline').waitFor();
    await opened.screenshot('contact-page');
    expect(await opened.violations()).toEqual([]);
  });

  test('and nothing went wrong on the way', () => {
    expect(opened.problems).toEqual([]);
  });
});
