import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { visit, type Visit } from './support/browser.ts';
import { startTestStack, type TestStack } from './support/stack.ts';

describe('an admin at the model builder', () => {
  let stack: TestStack;
  let opened: Visit;
  let page: Page;

  beforeAll(async () => {
    stack = await startTestStack();
    opened = await visit(1500);
    page = opened.page;
  }, 60_000);

  afterAll(async () => {
    await opened.end();
    await stack.stop();
  });

  const idOf = async (soql: string) => ((await stack.org.query<{ Id: string }>(soql)).records[0] as { Id: string }).Id;
  const openRule = (name: string) => page.getByRole('button', { name: `Edit ${name}` }).click();
  const openTab = (name: string) => page.getByRole('tab', { name }).click();
  const editor = () => page.locator('c-rule-editor');

  /** Chooses an option of a combobox by its label. */
  const choose = async (label: string, option: string) => {
    await editor().getByRole('combobox', { name: label, exact: true }).last().click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  test('sees the rules in words, under their categories with what these come to', async () => {
    const model = await idOf('SELECT Id FROM Scoring_Model__c');
    const admin = await idOf("SELECT Id FROM User WHERE Username = 'admin@local-org.example'");
    const startURL = `/lightning/r/Scoring_Model__c/${model}/view`;
    const query = new URLSearchParams({ user: admin, startURL }).toString();
    await page.goto(new URL(`/lightning/login?${query}`, stack.pageUrl).href);
    await page
      .getByText(
        '+5 for each “Clicked a link in an email”, at most 3 within 7 days, halves every 14 days, gone after 3 months',
      )
      .waitFor();
    await page.getByText('The rules come to 40 at most; 40 of it count.').waitFor();
    await page.getByText('As published').waitFor();
    expect(await opened.violations()).toEqual([]);
  });

  test('edits a rule, sees it in words and its decay as a curve, and finds the draft saved', async () => {
    await openRule('Email link clicked');
    await choose('Points lose their worth', 'Evenly, down to nothing');
    await page.getByText('fades to nothing over 30 days').first().waitFor();
    await editor().locator('svg[role="img"]').waitFor();
    await page.getByText('Draft saved').waitFor();
    await opened.screenshot('model-builder');
    expect(await opened.violations()).toEqual([]);
    await stack.until<{ Draft__c: string | null }>('SELECT Draft__c FROM Scoring_Model__c', ({ Draft__c: draft }) =>
      Boolean(draft?.includes('"linear"')),
    );
  });

  test('is told beside the input what is wrong, and which tab has it', async () => {
    const points = editor().getByRole('spinbutton', { name: 'Points', exact: false }).first();
    await points.focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('0');
    await editor().getByText('Expected a number other than 0', { exact: false }).first().waitFor();
    await openTab('Publish and Versions');
    await page.getByText('Put the problems right first').waitFor();
    expect(await page.getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true);
    await page.keyboard.press('Control+z');
    await page.getByText('Put the problems right first').waitFor({ state: 'detached' });
    expect(await opened.violations()).toEqual([]);
  });

  test('adds a rule about a field that the page offers, with the values of its picklist', async () => {
    await openTab('Rules');
    await page.getByRole('region', { name: 'Fit' }).getByRole('button', { name: 'Add a rule' }).click();
    await editor().getByRole('textbox', { name: 'Name' }).first().fill('Partner lead');
    await choose('About', 'Facts in Salesforce');
    await editor().getByRole('button', { name: 'Add a test', exact: true }).click();
    await choose('Field', 'Lead Source');
    await choose('Value', 'Partner Referral');
    await page.getByText('+5 while LeadSource is “Partner Referral”').waitFor();
    expect(await opened.violations()).toEqual([]);
  });

  test('sees ratings on a ruler, and grades as a matrix', async () => {
    await openTab('Ratings');
    await page.getByRole('img', { name: /Ratings by score: .*Hot/ }).waitFor();
    await opened.screenshot('ratings');
    expect(await opened.violations()).toEqual([]);
    await openTab('Grades');
    await page.getByRole('cell', { name: 'A1' }).waitFor();
    expect(await opened.violations()).toEqual([]);
  });

  test('publishes, sees what it changed, and the leads are scored by it', async () => {
    await openTab('Publish and Versions');
    await page.getByText('The rule "Partner lead" is new').waitFor();
    await page.getByLabel('What changes and why').fill('Partners bring good leads');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Partners bring good leads').waitFor();
    await page.getByText('As published').waitFor();
    await opened.screenshot('model-versions');
    expect(await opened.violations()).toEqual([]);
    await stack.until<{ Version__c: number; Draft__c: string | null }>(
      'SELECT Version__c, Draft__c FROM Scoring_Model__c',
      ({ Version__c: version, Draft__c: draft }) => version === 2 && draft === null,
    );
  });

  test('and nothing went wrong on the way', () => {
    expect(opened.problems).toEqual([]);
  });
});
