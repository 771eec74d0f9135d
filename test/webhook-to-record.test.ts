import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { STORY } from '../scripts/demo/story.ts';
import { startTestStack, type TestStack } from './support/stack.ts';

interface Lead {
  Lead_Score__c: number | null;
  Score_Rating__c: string | null;
  Score_Grade__c: string | null;
  Last_Engagement_Type__c: string | null;
}

const lead = (email: string) =>
  `SELECT Id, Lead_Score__c, Score_Rating__c, Score_Grade__c, Last_Engagement_Type__c FROM Lead WHERE Email = '${email}'`;

const dana = lead('dana.whitfield@silverlinerobotics.example');
const jane = lead('jane.doe@bluepeakanalytics.example');
const tomas = lead('tomas.lindqvist@granitematerials.example');
const aiko = lead('aiko.tanaka@harbornetworks.example');

describe('a webhook changes the record that it is about', () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startTestStack();
  });
  afterAll(async () => {
    await stack.stop();
  });

  const score = (soql: string, expected: number) =>
    stack.until<Lead>(soql, ({ Lead_Score__c }) => Lead_Score__c === expected);
  const count = async (soql: string) => (await stack.org.query(soql)).totalSize;

  test('ActiveCampaign: an open, then a click on the pricing page, and the lead is Hot', async () => {
    expect(await stack.play('activecampaign-open')).toBe(200);
    expect(await score(dana, 41)).toMatchObject({ Score_Rating__c: 'Warm', Last_Engagement_Type__c: 'email.open' });
    expect(await stack.play('activecampaign-click')).toBe(200);
    expect(await score(dana, 61)).toMatchObject({ Score_Rating__c: 'Hot', Score_Grade__c: 'A2' });
  });

  test('the Flow gives the owner one task that says why', async () => {
    const tasks = 'SELECT Subject, Owner.Name, Who.Name, Description FROM Task';
    const task = await stack.until<{ Description: string }>(tasks, () => true);
    expect(task).toMatchObject({
      Subject: 'Hot lead: get in touch',
      Owner: { Name: 'Robin Reed' },
      Who: { Name: 'Dana Whitfield' },
    });
    expect(task.Description).toContain('Score 61, rating Hot.');
    expect(task.Description).toContain('+15 Pricing page visited');
    expect(await count('SELECT COUNT() FROM Task')).toBe(1);
  });

  test('Segment, CloudEvents and any JSON come out on their leads too', async () => {
    expect(await stack.play('segment-page')).toBe(200);
    await score(dana, 76);
    expect(await stack.play('segment-form')).toBe(200);
    await score(dana, 100);
    expect(await stack.play('cloudevents-click')).toBe(202);
    await score(jane, 60);
    expect(await stack.play('generic-webinar')).toBe(200);
    expect(await score(tomas, 50)).toMatchObject({ Score_Rating__c: 'Warm', Last_Engagement_Type__c: 'meeting.book' });
  });

  test('every point is explained on the score, line by line', async () => {
    const { records } = await stack.org.query<{ Value__c: number; Explanation__c: string; Reasons__c: string }>(
      "SELECT Value__c, Explanation__c, Reasons__c FROM Score__c WHERE Lead__r.LastName = 'Lindqvist'",
    );
    const { contributions } = JSON.parse(records[0]!.Explanation__c) as { contributions: { points: number }[] };
    expect(contributions.reduce((sum, { points }) => sum + points, 0)).toBe(records[0]!.Value__c);
    expect(records[0]!.Reasons__c.split('\n')).toEqual([
      '+25 Demo requested',
      '+15 Target industry',
      '+10 200 employees or more',
    ]);
  });

  test('the same deliveries again change nothing and cost no call to Salesforce', async () => {
    const counted = async () => ({
      engagements: await count('SELECT COUNT() FROM Engagement__c'),
      scores: await count('SELECT COUNT() FROM Score__c'),
      tasks: await count('SELECT COUNT() FROM Task'),
    });
    const before = await counted();
    const status = async () =>
      (await (await fetch(`${stack.ingesterUrl}/status`)).json()) as {
        accepted: number;
        salesforceCalls: number;
        counts: { inbox: number; ledger: number };
      };
    const { salesforceCalls, counts } = await status();
    for (const name of STORY) expect(await stack.play(name)).toBeLessThan(300);
    // Something new, after them in the inbox: when it is on its record, they have been through.
    const body = new URLSearchParams({
      type: 'open',
      date_time: new Date().toISOString(),
      'contact[email]': 'aiko.tanaka@harbornetworks.example',
    });
    await fetch(`${stack.ingesterUrl}/in/activecampaign`, { method: 'POST', body });
    await score(aiko, 31);
    expect(await counted()).toEqual({ ...before, engagements: before.engagements + 1, scores: before.scores + 1 });
    const after = await status();
    expect(after.counts.ledger).toBe(counts.ledger + 1);
    // One look-up on Lead and Contact each, the record, its score, one write.
    expect(after.salesforceCalls - salesforceCalls).toBeLessThanOrEqual(5);
  });
});
