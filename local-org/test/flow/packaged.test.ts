import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseXml } from '../../src/metadata/xml.ts';
import type { Row } from '../../src/schema/types.ts';
import { forceApp, start } from '../support/server.ts';
import type { Running } from '../support/server.ts';
import { admin, NOW, rep, rows } from './support.ts';

const DAY = 86_400_000;

let now: number;
let running: Running;
beforeEach(async () => {
  now = NOW;
  running = await start({}, () => now);
});
afterEach(() => running.stop());

const activeFlows = ['Opt_Out_Email_Address', 'Report_Flow_Failure'];

/** Activates a template, beside the flows that it calls; the others are off. */
function activate(name: string): void {
  const read = (flow: string) => {
    const path = `main/default/flows/${flow}.flow-meta.xml`;
    const text = readFileSync(join(forceApp, path), 'utf8').replace(
      '<status>Draft</status>',
      '<status>Active</status>',
    );
    return [flow, parseXml(text, 'Flow', path)] as const;
  };
  running.org.flows.load(new Map([name, ...activeFlows].map(read)), running.org.schema);
}

/** Saves over HTTP, and waits for what follows. */
async function save(object: string, row: Row): Promise<string> {
  const { client, org } = running;
  const result = await (row['Id'] === undefined
    ? client.sobject(object).create(row)
    : client.sobject(object).update(row as Row & { Id: string }));
  expect(result.success).toBe(true);
  await org.flows.settled();
  return result.id!;
}
const lead = (more: Row = {}) =>
  save('Lead', { LastName: 'Moss', Company: 'Fern', OwnerId: rep(running.org).id, ...more });
const all = (soql: string) => rows(running.org, soql);
const tasks = () => all('SELECT Subject, OwnerId, WhoId, WhatId, ActivityDate, Priority, Description FROM Task');
const sent = () => running.org.flows.outbox.messages;
const pass = async (days: number) => {
  now += days * DAY;
  await running.org.flows.runDue();
};
const queue = () => all("SELECT Id FROM Group WHERE Type = 'Queue'")[0]!['Id'] as string;
/** From now on no Task can be created for the rep. */
const deactivateRep = () => save('User', { Id: rep(running.org).id, IsActive: false });

describe('Hand Off at Threshold', () => {
  beforeEach(() => {
    activate('Hand_Off_at_Threshold');
  });
  const score = (id: string, Value__c: number, more: Row = {}) =>
    running.org.upsert(admin(running.org), 'Score__c', 'External_Id__c', [
      { External_Id__c: `m:${id}`, Record_Id__c: id, Lead__c: id, Value__c, Reasons__c: '+20 Demo booked', ...more },
    ])[0]!;

  test('gives the owner a task and a notification with the reasons, and moves the status on', async () => {
    const id = await lead();
    const owner = rep(running.org).id;
    expect(score(id, 49)).toMatchObject({ success: true });
    expect(tasks()).toEqual([]);
    expect(score(id, 50)).toMatchObject({ success: true });
    expect(tasks()).toMatchObject([
      {
        Subject: 'Qualified lead: get in touch',
        OwnerId: owner,
        WhoId: id,
        ActivityDate: '2026-11-22',
        Description: 'Score 50. Why:\n+20 Demo booked',
      },
    ]);
    expect(sent()).toMatchObject([
      {
        kind: 'notification',
        type: 'Scoreline_Hand_Off',
        recipients: [owner],
        title: 'Qualified lead: Moss, Fern',
        body: 'Score 50. Why:\n+20 Demo booked',
        target: id,
      },
    ]);
    expect(all('SELECT Status FROM Lead')).toMatchObject([{ Status: 'Working - Contacted' }]);
  });

  test('runs when the threshold is reached, and makes no second task while one is open', async () => {
    const id = await lead({ Status: 'Closed - Not Converted' });
    for (const value of [60, 70, 10, 55]) score(id, value);
    expect(tasks()).toHaveLength(1);
    expect(sent()).toHaveLength(2);
    expect(all('SELECT Status FROM Lead')).toMatchObject([{ Status: 'Closed - Not Converted' }]);
  });

  test('the members of a queue are notified; there is no task', async () => {
    const { org } = running;
    await save('GroupMember', { GroupId: queue(), UserOrGroupId: rep(org).id });
    score(await lead({ OwnerId: queue() }), 60);
    expect(tasks()).toEqual([]);
    expect(sent()).toMatchObject([{ kind: 'notification', recipients: [rep(org).id] }]);
  });

  test('a failure is noted on the score, which stands', async () => {
    const id = await lead();
    await deactivateRep();
    expect(score(id, 60)).toMatchObject({ success: true });
    expect(all('SELECT Value__c, Handoff_Error__c FROM Score__c')).toMatchObject([
      { Value__c: 60, Handoff_Error__c: expect.stringContaining('INACTIVE_OWNER_OR_USER') as unknown },
    ]);
  });
});

describe('Stale Hot Lead Reminder', () => {
  beforeEach(() => {
    activate('Stale_Hot_Lead_Reminder');
  });
  const at = (day: number) => new Date(NOW + day * DAY).toISOString();
  const hot = (more: Row = {}) =>
    lead({
      Score_Rating__c: 'Hot',
      Lead_Score__c: 61,
      Last_Engagement_At__c: at(0),
      Last_Engagement_Type__c: 'Email click',
      ...more,
    });

  test('14 days after the last engagement, however often there was one in between', async () => {
    const Id = await hot();
    await pass(10);
    await save('Lead', { Id, Last_Engagement_At__c: at(10) });
    await pass(13);
    expect(tasks()).toEqual([]);
    await pass(1);
    expect(tasks()).toMatchObject([
      {
        Subject: 'Hot lead gone quiet: follow up',
        WhoId: Id,
        OwnerId: rep(running.org).id,
        ActivityDate: '2026-12-16',
        Description: 'No engagement for 14 days; the score is 61. The last one: Email click.',
      },
    ]);
  });

  test('not for a lead that has cooled down, nor for one in a queue', async () => {
    const Id = await hot();
    await hot({ OwnerId: queue() });
    await save('Lead', { Id, Score_Rating__c: 'Warm' });
    await pass(15);
    expect(tasks()).toEqual([]);
  });

  test('a task that is refused is reported to the owner', async () => {
    const Id = await hot({ OwnerId: rep(running.org).id });
    await save('Lead', { Id, LastName: 'Reed' });
    await deactivateRep();
    await pass(14);
    expect(tasks()).toEqual([]);
    expect(sent()).toMatchObject([
      {
        kind: 'notification',
        type: 'Scoreline_Flow_Failure',
        title: 'Flow failed: Stale Hot Lead Reminder',
        body: expect.stringContaining('INACTIVE_OWNER_OR_USER') as unknown,
        target: Id,
      },
    ]);
  });
});

describe('closed deals', () => {
  const deal = (StageName: string) =>
    save('Opportunity', { Name: 'Fern 2026', StageName, CloseDate: '2026-11-21', OwnerId: rep(running.org).id });

  test.each([
    [
      'Lost_Deal_Re_Engagement',
      'Closed Lost',
      'Closed Won',
      60,
      'Lost 60 days ago: is it time to talk again?',
      'was lost 60 days ago',
    ],
    [
      'Won_Deal_Check_In',
      'Closed Won',
      'Closed Lost',
      30,
      'Won 30 days ago: ask how it is going',
      'was won 30 days ago',
    ],
  ])('%s', async (flow, stage, otherStage, days, Subject, why) => {
    activate(flow);
    const Id = await deal('Prospecting');
    await deal(otherStage);
    const reopened = await deal(stage);
    await save('Opportunity', { Id, StageName: stage });
    await save('Opportunity', { Id: reopened, StageName: 'Prospecting' });
    await pass(days - 1);
    expect(tasks()).toEqual([]);
    await pass(1);
    expect(tasks()).toMatchObject([
      { Subject, WhatId: Id, Description: expect.stringContaining(`The deal Fern 2026 ${why}`) as unknown },
    ]);
    await pass(days);
    expect(tasks()).toHaveLength(1);
  });
});

describe('Opt Out on Unsubscribe', () => {
  beforeEach(() => {
    activate('Opt_Out_on_Unsubscribe');
  });
  const engagement = (Type__c: string, more: Row) =>
    save('Engagement__c', { Type__c, Occurred_At__c: new Date(NOW).toISOString(), ...more });
  const optedOut = () =>
    ['Lead', 'Contact'].flatMap((object) =>
      all(`SELECT LastName FROM ${object} WHERE HasOptedOutOfEmail = true`).map(({ LastName }) => LastName),
    );
  const people = async () => ({
    lead: await lead({ Email: 'moss@x.example' }),
    contact: await save('Contact', { LastName: 'Moss as contact', Email: 'moss@x.example' }),
    other: await save('Contact', { LastName: 'Reed', Email: 'reed@x.example' }),
  });

  test.each(['email.unsubscribe', 'email.complaint'])(
    '%s opts out every lead and contact with the address',
    async (type) => {
      const { contact } = await people();
      await engagement(type, { Contact__c: contact });
      expect(optedOut()).toEqual(['Moss', 'Moss as contact']);
    },
  );

  test('of a lead as well; a resubscription takes nothing back, and a click is no opt-out', async () => {
    const { lead: Lead__c, other } = await people();
    await engagement('email.unsubscribe', { Lead__c });
    await engagement('email.resubscribe', { Lead__c });
    await engagement('email.click', { Contact__c: other });
    expect(optedOut()).toEqual(['Moss', 'Moss as contact']);
  });

  test('of somebody without an address, or of nobody known, changes nothing', async () => {
    await engagement('email.unsubscribe', { Lead__c: await lead() });
    await engagement('email.unsubscribe', {});
    expect(optedOut()).toEqual([]);
    expect(sent()).toEqual([]);
  });

  test('can be run by clients, for an address', async () => {
    await people();
    const url = '/services/data/v66.0/actions/custom/flow/Opt_Out_Email_Address';
    expect(await running.client.requestPost(url, { inputs: [{ emailAddress: 'reed@x.example' }] })).toMatchObject([
      { isSuccess: true, outputValues: { failure: null, Flow__InterviewStatus: 'Finished' } },
    ]);
    expect(optedOut()).toEqual(['Reed']);
  });
});

describe('Deal Stage Adjusts Score', () => {
  beforeEach(() => {
    activate('Deal_Stage_Adjusts_Score');
  });
  const engagements = () =>
    all(
      'SELECT Type__c, Contact__c, External_Id__c, Source__c, Properties__c, Occurred_At__c FROM Engagement__c ORDER BY CreatedDate, Id',
    );
  const points = () =>
    engagements().map(({ Properties__c }) => (JSON.parse(Properties__c as string) as { points: number }).points);
  const deal = (StageName: string) => save('Opportunity', { Name: 'Fern', StageName, CloseDate: '2026-12-31' });

  test('writes an adjustment for the primary contact at each stage that has points', async () => {
    const ContactId = await save('Contact', { LastName: 'Moss' });
    const Id = await deal('Prospecting');
    await save('OpportunityContactRole', { OpportunityId: Id, ContactId, IsPrimary: true });
    for (const StageName of ['Needs Analysis', 'Proposal/Price Quote', 'Closed Lost']) {
      await save('Opportunity', { Id, StageName });
      await save('Opportunity', { Id, Amount: 10 });
    }
    expect(points()).toEqual([10, -25]);
    expect(engagements()[0]).toMatchObject({
      Type__c: 'score.adjust',
      Contact__c: ContactId,
      External_Id__c: null,
      Source__c: 'salesforce:flow',
      Properties__c: '{"points":10,"reason":"Deal stage"}',
      Occurred_At__c: '2026-11-21T12:00:00.000+0000',
    });
  });

  test('writes nothing without a primary contact', async () => {
    const Id = await deal('Prospecting');
    await save('OpportunityContactRole', { OpportunityId: Id, ContactId: await save('Contact', { LastName: 'Moss' }) });
    await save('Opportunity', { Id, StageName: 'Closed Won' });
    expect(engagements()).toEqual([]);
  });
});

describe('Tell Owner of Rating Drop', () => {
  beforeEach(() => {
    activate('Tell_Owner_of_Rating_Drop');
  });
  const changed = (id: string, more: Row = {}) =>
    save('Rating_Changed__e', {
      ...{ Record_Id__c: id, Object__c: 'Lead', From__c: 'Hot', To__c: 'Warm', Direction__c: 'Down', Value__c: 41 },
      ...more,
    });

  test('upon the event, and only for a fall from Hot', async () => {
    const id = await lead();
    await changed(id, { From__c: 'Warm', To__c: 'Cold' });
    await changed(id, { From__c: 'Warm', To__c: 'Hot', Direction__c: 'Up' });
    expect(sent()).toEqual([]);
    await changed(id);
    expect(sent()).toMatchObject([
      {
        kind: 'notification',
        recipients: [rep(running.org).id],
        title: 'Moss, Fern has cooled down',
        body: 'The rating fell from Hot to Warm; the score is 41.',
        target: id,
      },
    ]);
  });

  test('not for a lead that is gone', async () => {
    const id = await lead();
    await running.client.sobject('Lead').destroy(id);
    await changed(id);
    expect(sent()).toEqual([]);
  });
});

test('the templates are not active: a new org runs the task for hot ratings, and what other flows call', () => {
  expect(running.org.flows.invocable.map(({ name }) => name)).toEqual(activeFlows);
});
