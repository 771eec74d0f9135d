import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { leadModel } from '../support/model.ts';
import { startOrg, type TestOrg } from '../support/org.ts';
import { startPipeline, type Pipeline } from '../support/pipeline.ts';
import { until } from '../support/until.ts';

const JANE = 'jane@example.com';
const click = {
  id: 'c1',
  type: 'email.click',
  email: JANE,
  occurredAt: '2026-02-03T09:15:00Z',
  url: 'https://x.test/pricing',
};

describe('an engagement to its record', () => {
  let org: TestOrg;
  let pipeline: Pipeline;

  beforeEach(async () => {
    org = await startOrg();
  });
  afterEach(async () => {
    await pipeline.stop();
    await org.stop();
  });

  const lead = (id: string) =>
    org.query(
      `SELECT Lead_Score__c, Score_Rating__c, Score_Changed_At__c, Last_Engagement_At__c, Last_Engagement_Type__c FROM Lead WHERE Id = '${id}'`,
    )[0]!;
  const engagements = (more = '') =>
    org.query(
      `SELECT External_Id__c, Type__c, Occurred_At__c, Source__c, Properties__c, Lead__c, Contact__c FROM Engagement__c ${more}`,
    );
  const scores = () =>
    org.query(
      'SELECT External_Id__c, Record_Id__c, Lead__c, Model__c, Model_Version__c, Value__c, Rating__c, Reasons__c, Explanation__c, Evaluated_At__c, Next_Change_At__c FROM Score__c',
    );

  const changes = () =>
    org.query(
      'SELECT External_Id__c, Value__c, Delta__c, Rating__c, Cause__c, Score__r.Record_Id__c FROM Score_Change__c ORDER BY Changed_At__c',
    );

  test('comes out as a row, a score and the record’s own fields', async () => {
    const model = org.model();
    const id = org.lead(JANE, { Industry: 'Technology' });
    pipeline = await startPipeline(org);
    expect(await pipeline.send(click)).toBe(200);
    await pipeline.idle();
    await pipeline.send({ ...click, id: 'c2', occurredAt: '2026-02-03T09:16:00Z' });
    await pipeline.idle();

    expect(lead(id)).toMatchObject({
      Lead_Score__c: 35,
      Score_Rating__c: 'Warm',
      Last_Engagement_At__c: '2026-02-03T09:16:00.000+0000',
      Last_Engagement_Type__c: 'email.click',
    });
    expect(engagements()).toHaveLength(2);
    expect(engagements()[0]).toMatchObject({
      External_Id__c: expect.stringMatching(/^[0-9a-f]{64}$/),
      Type__c: 'email.click',
      Occurred_At__c: '2026-02-03T09:15:00.000+0000',
      Source__c: 'generic:generic',
      Properties__c: '{"link":{"url":"https://x.test/pricing"}}',
      Lead__c: id,
      Contact__c: null,
    });
    expect(scores()).toMatchObject([
      {
        External_Id__c: `leads:${id}`,
        Record_Id__c: id,
        Lead__c: id,
        Model__c: model,
        Model_Version__c: 1,
        Value__c: 35,
        Rating__c: 'Warm',
        Reasons__c: '+20 Email click (2 times)\n+15 Right industry',
      },
    ]);
    expect(JSON.parse(String(scores()[0]!['Explanation__c']))).toMatchObject({
      score: 35,
      contributions: expect.any(Array),
      reasons: [
        { name: 'Email click', first: '2026-02-03T09:15:00.000Z', last: '2026-02-03T09:16:00.000Z' },
        { name: 'Right industry', first: null, last: null },
      ],
      goal: { rating: 'Hot', short: 15 },
    });
    expect(changes()).toMatchObject([
      { Value__c: 25, Delta__c: 25, Rating__c: 'Warm', Cause__c: 'Right industry', Score__r: { Record_Id__c: id } },
      { Value__c: 35, Delta__c: 10, Rating__c: 'Warm', Cause__c: 'Email click' },
    ]);
    // Each row once: the second engagement does not write the first one's row again.
    expect(pipeline.steps.filter(({ step }) => step === 'written')).toHaveLength(2);
  });

  test('a click turns out to be a scanner’s when its delivery is reported, and its points go', async () => {
    org.model();
    const id = org.lead(JANE);
    pipeline = await startPipeline(org);
    const campaign = { messageId: 'm1' };
    await pipeline.send({ ...click, campaign });
    await pipeline.idle();
    expect(lead(id)['Lead_Score__c']).toBe(10);
    await pipeline.send({ ...click, id: 'd1', type: 'email.delivered', occurredAt: '2026-02-03T09:14:59Z', campaign });
    await pipeline.idle();
    expect(lead(id)).toMatchObject({ Lead_Score__c: 0, Last_Engagement_Type__c: null });
    expect(org.query("SELECT Verdict__c FROM Engagement__c WHERE Type__c = 'email.click'")).toMatchObject([
      { Verdict__c: 'machine' },
    ]);
  });

  test('the same delivery twice changes nothing and writes nothing', async () => {
    org.model();
    org.lead(JANE);
    pipeline = await startPipeline(org);
    await pipeline.send(click);
    await pipeline.idle();
    const before = { rows: engagements(), scores: scores(), changes: changes(), calls: pipeline.salesforce.calls() };
    for (let again = 0; again < 5; again += 1) await pipeline.send(click);
    await pipeline.idle();
    expect({ rows: engagements(), scores: scores(), changes: changes(), calls: pipeline.salesforce.calls() }).toEqual(
      before,
    );
  });

  test('an unknown person waits, and is applied with the true date when the lead is there', async () => {
    org.model();
    pipeline = await startPipeline(org);
    await pipeline.send(click);
    await until(async () => (await pipeline.store.nextDue()).binding !== undefined, 'looked up in vain');
    expect(await pipeline.status()).toMatchObject({ counts: { unmatched: 1, ledger: 1 } });
    expect(engagements()).toEqual([]);
    const id = org.lead(JANE);
    await until(() => lead(id)['Lead_Score__c'] === 10, 'the lead is scored');
    expect(lead(id)['Last_Engagement_At__c']).toBe('2026-02-03T09:15:00.000+0000');
    expect(await pipeline.status()).toMatchObject({ counts: { unmatched: 0 } });
  });

  test('anonymous visits count when the visitor becomes known', async () => {
    org.model();
    const id = org.lead(JANE);
    pipeline = await startPipeline(org);
    const visit = { type: 'page', anonymousId: 'a1', messageId: 'p1', properties: { url: 'https://x.test/' } };
    await pipeline.post('segment', JSON.stringify(visit));
    await pipeline.idle();
    expect(engagements()).toEqual([]);
    await pipeline.post(
      'segment',
      JSON.stringify({ type: 'identify', userId: 'u', anonymousId: 'a1', traits: { email: JANE } }),
    );
    await pipeline.idle();
    expect(lead(id)).toMatchObject({ Lead_Score__c: 2, Last_Engagement_Type__c: 'page.view' });
  });

  test('one person, a lead and a contact: one row on both', async () => {
    org.model();
    const leadId = org.lead(JANE);
    const contactId = org.insert('Contact', { LastName: 'Doe', Email: JANE.toUpperCase() });
    pipeline = await startPipeline(org);
    await pipeline.send(click);
    await pipeline.idle();
    expect(engagements()).toMatchObject([{ Lead__c: leadId, Contact__c: contactId }]);
    expect(scores()).toHaveLength(1);
  });

  test('a lead that is deleted is forgotten, one that comes later is found', async () => {
    org.model();
    const id = org.lead(JANE);
    pipeline = await startPipeline(org);
    await pipeline.send(click);
    await pipeline.idle();
    org.remove(id);
    await pipeline.send({ ...click, id: 'c2' });
    await until(async () => (await pipeline.status()).counts.records === 0, 'forgotten');
    const next = org.lead(JANE);
    await until(() => lead(next)['Lead_Score__c'] === 20, 'the new lead is scored');
  });

  test('a score falls at the instant that the engine names', async () => {
    const [click_] = leadModel.rules.filter(({ key }) => key === 'click');
    org.model({ ...leadModel, rules: [{ ...click_, expires: 'PT1H' }] });
    const id = org.lead(JANE);
    pipeline = await startPipeline(org);
    const occurredAt = new Date(Date.now() - 3_600_000 + 700).toISOString();
    await pipeline.send({ ...click, occurredAt });
    await pipeline.idle();
    expect(lead(id)['Lead_Score__c']).toBe(10);
    expect(new Date(String(scores()[0]!['Next_Change_At__c'])).getTime()).toBe(Date.parse(occurredAt) + 3_600_000);
    await until(() => lead(id)['Lead_Score__c'] === 0, 'the score has fallen');
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(occurredAt) + 3_600_000);
  });

  test('a new version of the model rescores the records that it had', async () => {
    const model = org.model();
    const id = org.lead(JANE);
    pipeline = await startPipeline(org, { modelRefreshInterval: 100 });
    await pipeline.send(click);
    await pipeline.idle();
    const doubled = { ...leadModel, rules: leadModel.rules.map((rule) => ({ ...rule, points: rule.points * 2 })) };
    org.update('Scoring_Model__c', { Id: model, Version__c: 2, Definition__c: JSON.stringify(doubled) });
    await until(() => lead(id)['Lead_Score__c'] === 20, 'rescored');
    expect(scores()[0]).toMatchObject({ Model_Version__c: 2 });
  });

  test('a model that cannot be used is reported, the others score', async () => {
    org.model();
    org.model({ ...leadModel, key: 'broken', rules: [{ key: 'x' }] }, { Score_Field__c: null });
    const reads = { ...leadModel.rules[0], when: { field: 'No_Such_Field__c', op: 'notBlank' } };
    org.model({ ...leadModel, key: 'unreadable', rules: [reads] }, { Score_Field__c: null });
    const id = org.lead(JANE);
    pipeline = await startPipeline(org);
    await pipeline.send(click);
    await pipeline.idle();
    expect(lead(id)['Lead_Score__c']).toBe(10);
    const { skippedModels } = await pipeline.status();
    expect(skippedModels).toMatchObject({
      broken: expect.stringContaining('Definition__c/rules/0'),
      unreadable: expect.stringContaining('INVALID_FIELD'),
    });
  });

  test('what is earned once stays earned, even when the store is lost', async () => {
    const once = {
      key: 'once',
      name: 'Was here',
      kind: 'attribute',
      points: 7,
      hold: 'once',
      when: { field: 'City', op: 'eq', value: 'Oslo' },
    };
    org.model({ ...leadModel, rules: [...leadModel.rules, once] });
    const id = org.lead(JANE, { City: 'Oslo' });
    pipeline = await startPipeline(org);
    await pipeline.send(click);
    await pipeline.idle();
    expect(lead(id)['Lead_Score__c']).toBe(17);
    await pipeline.stop();
    org.update('Lead', { Id: id, City: 'Rome' });
    pipeline = await startPipeline(org);
    await pipeline.send(click);
    await pipeline.idle();
    expect(lead(id)['Lead_Score__c']).toBe(17);
    expect(engagements()).toHaveLength(1);
  });

  test('hostile values stay values', async () => {
    org.model();
    const email = "o'hara+or@example.com";
    const id = org.lead(email);
    pipeline = await startPipeline(org);
    const hostile = { a: "' OR Id != '", b: '@{collection0.id}', c: '\u0000\u2028"\\' };
    await pipeline.send({ ...click, email, properties: hostile });
    await pipeline.send({ ...click, id: 'c2', email: "x'or'1'='1@example.com", properties: hostile });
    await pipeline.idle();
    expect(lead(id)['Lead_Score__c']).toBe(10);
    expect(JSON.parse(String(engagements()[0]!['Properties__c']))).toMatchObject(hostile);
    expect(engagements()).toHaveLength(1);
  });

  test('parents and their children are read where the model asks for them', async () => {
    const rules = [
      {
        key: 'parent',
        name: 'Account',
        kind: 'attribute',
        points: 5,
        when: { field: 'Account.Industry', op: 'eq', value: 'Energy' },
      },
      {
        key: 'deals',
        name: 'Deals',
        kind: 'attribute',
        points: 3,
        when: {
          related: 'Account.Opportunities',
          where: { field: 'StageName', op: 'eq', value: 'Closed Won' },
          aggregate: 'count',
          op: 'gte',
          value: 2,
        },
      },
    ];
    org.model({ ...leadModel, key: 'contacts', object: 'Contact', rules }, { Object__c: 'Contact' });
    const account = org.insert('Account', { Name: 'Acme', Industry: 'Energy' });
    for (const StageName of ['Closed Won', 'Closed Won', 'Prospecting']) {
      org.insert('Opportunity', { Name: 'Deal', AccountId: account, StageName, CloseDate: '2026-01-01' });
    }
    const id = org.insert('Contact', { LastName: 'Doe', Email: JANE, AccountId: account });
    pipeline = await startPipeline(org);
    await pipeline.send(click);
    await pipeline.idle();
    expect(org.query(`SELECT Lead_Score__c FROM Contact WHERE Id = '${id}'`)[0]).toMatchObject({ Lead_Score__c: 8 });
  });
});
