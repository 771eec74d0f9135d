import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startOrg, type TestOrg } from '../support/org.ts';
import { startPipeline, type Pipeline } from '../support/pipeline.ts';
import { until } from '../support/until.ts';

const JANE = 'jane@example.com';
const click = (id: string) => ({ id, type: 'email.click', email: JANE, occurredAt: '2026-02-03T09:15:00Z' });

/** Point 9 of issue 2: whatever the org answers, the sender gets its 200 and nothing is lost or doubled. */
describe('an org in trouble', () => {
  let org: TestOrg;
  let pipeline: Pipeline;
  let leadId: string;

  beforeEach(async () => {
    org = await startOrg();
    org.model();
    leadId = org.lead(JANE);
    const modelsAreRead = new Promise<void>((resolve) => {
      org.watch((seam, path) => {
        if (seam === 'done' && path.includes('/query')) resolve();
      });
    });
    pipeline = await startPipeline(org, { callTimeout: 500 });
    await modelsAreRead;
  });
  afterEach(async () => {
    await pipeline.stop();
    await org.stop();
  });

  const score = () => org.query(`SELECT Lead_Score__c FROM Lead WHERE Id = '${leadId}'`)[0]!['Lead_Score__c'];
  const rows = () => org.query('SELECT Type__c FROM Engagement__c').length;

  test.each([
    ['answers 503 to queries', { path: '/query', times: 3, status: 503 }],
    ['answers 503 to writes', { path: '/composite', times: 3, status: 503 }],
    ['has no calls left', { path: '/composite', times: 2, errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    ['has no calls left for queries', { path: '/query', times: 1, errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    ['drops the connection before it writes', { path: '/composite', times: 2, dropConnection: 'before' }],
    ['drops the connection after it has written', { path: '/composite', times: 2, dropConnection: 'after' }],
    ['drops the connection of a query', { path: '/query', times: 2, dropConnection: 'after' }],
    ['ends the session', { path: '/services/data', times: 1, errorCode: 'INVALID_SESSION_ID' }],
    ['takes longer than the timeout', { path: '/composite', times: 1, latencyMs: 1500 }],
  ])('that %s', async (_what, fault) => {
    await org.fault(fault);
    await expectAllThree();
  });

  test('that does not let us log in again', async () => {
    await org.fault({ path: '/query', times: 2, errorCode: 'INVALID_SESSION_ID' });
    await org.fault({ path: '/oauth2/token', times: 1, status: 503 });
    await expectAllThree();
  });

  async function expectAllThree() {
    const statuses = await Promise.all(['a', 'b', 'c'].map((id) => pipeline.send(click(id))));
    expect(statuses).toEqual([200, 200, 200]);
    await until(async () => (await org.faultsLeft()) === 0, 'every fault has been met');
    await pipeline.idle();
    expect({ score: score(), rows: rows() }).toEqual({ score: 30, rows: 3 });
    expect(await pipeline.status()).toMatchObject({ counts: { outbox: 0, setAside: 0, unmatched: 0 } });
  }

  test('that locks rows: those rows alone are tried again', async () => {
    await org.fault({ path: '/composite', times: 2, rowError: 'UNABLE_TO_LOCK_ROW' });
    await pipeline.send(click('a'));
    await until(async () => (await org.faultsLeft()) === 0, 'every fault has been met');
    await pipeline.idle();
    expect({ score: score(), rows: rows() }).toEqual({ score: 10, rows: 1 });
  });

  test('that refuses a row for good: it is set aside with its reason, the others are written', async () => {
    org.remove(leadId);
    const other = org.lead('john@example.com');
    org.update('Scoring_Model__c', {
      Id: org.query('SELECT Id FROM Scoring_Model__c')[0]!['Id'],
      Score_Field__c: 'No_Such__c',
    });
    await pipeline.stop();
    pipeline = await startPipeline(org);
    await pipeline.send({ ...click('a'), email: 'john@example.com' });
    await pipeline.idle();
    expect(await pipeline.status()).toMatchObject({ counts: { setAside: 1, outbox: 0 } });
    expect(pipeline.log.lines).toContainEqual(expect.objectContaining({ setAside: `Lead/${other}` }));
    expect(org.query('SELECT Value__c FROM Score__c')).toMatchObject([{ Value__c: 10 }]);
    expect(rows()).toBe(1);
  });

  test('that is away: deliveries are taken, and worked off when it is back', async () => {
    await org.fault({ path: '/services/data', times: 8, dropConnection: 'before' });
    for (let id = 0; id < 20; id += 1) expect(await pipeline.send(click(String(id)))).toBe(200);
    expect((await fetch(`${pipeline.url}/readyz`)).status).toBe(200);
    await until(() => score() === 200, 'all are scored', 25_000);
    expect(rows()).toBe(20);
  });
});
