import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import axe, { type AxeResults } from 'axe-core';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureChromium } from '../scripts/chromium.ts';
import { root } from '../scripts/program.ts';
import { QUIET } from './support/browser.ts';
import { startTestStack, type TestStack } from './support/stack.ts';

const SCREENSHOTS = join(root, 'dist/screenshots');

describe('a sales rep at the Lightning page', () => {
  let stack: TestStack;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    stack = await startTestStack();
    await mkdir(SCREENSHOTS, { recursive: true });
    browser = await chromium.launch({
      executablePath: ensureChromium(),
      args: ['--no-sandbox', '--disable-gpu', ...QUIET],
    });
    page = await browser.newPage({ viewport: { width: 1280, height: 1150 } });
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('response', (response) => {
      if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
    });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  const seen = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const card = () => page.locator('c-score-card');

  /** What axe finds against WCAG A and AA. */
  const violations = async () => {
    await page.evaluate(axe.source);
    const standards = JSON.stringify({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    const found = await page.evaluate<AxeResults>(`axe.run(${standards})`);
    expect(found.passes.length).toBeGreaterThan(0);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  };

  test('sees the leads that engage, hottest first', async () => {
    await stack.play('cloudevents-click');
    await stack.play('generic-webinar');
    await stack.until("SELECT Id FROM Lead WHERE Lead_Score__c = 50 AND LastName = 'Lindqvist'", () => true);
    await page.goto(stack.pageUrl);
    await seen('Tomas Lindqvist');
    const names = await page.getByRole('link', { name: /Jane Doe|Tomas Lindqvist/ }).allInnerTexts();
    expect(names).toEqual(['Jane Doe', 'Tomas Lindqvist']);
    await page.screenshot({ path: join(SCREENSHOTS, 'leads-by-score.png') });
    expect(await violations()).toEqual([]);
  });

  test('opens a lead and sees the score, the reasons and the last engagement', async () => {
    await page.getByRole('link', { name: 'Tomas Lindqvist' }).click();
    await card().getByText('50', { exact: true }).waitFor();
    for (const text of ['Warm', 'Demo requested', 'Target industry', 'Booked a meeting'])
      await card().getByText(text).first().waitFor();
    expect(page.url()).toMatch(/\/lightning\/r\/Lead\/00Q\w{15}\/view$/);
    expect(await violations()).toEqual([]);
  });

  test('sees the trend, what the next rating takes, and what will fall', async () => {
    await card().getByRole('img', { name: 'The score went from 0 to 50;' }).waitFor();
    await page.screenshot({ path: join(SCREENSHOTS, 'score-card.png') });
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
    await page.screenshot({ path: join(SCREENSHOTS, 'lead-page.png') });
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
    await page.screenshot({ path: join(SCREENSHOTS, 'contact-page.png') });
    expect(await violations()).toEqual([]);
  });

  test('and nothing went wrong on the way', () => {
    expect(problems).toEqual([]);
  });
});
