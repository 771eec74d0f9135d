import { describe, expect, test } from '@jest/globals';
import { salesforce } from '../../src/adapters/salesforce.ts';
import { readJson } from '../fixtures/read.ts';

const LEAD = '00Q5g00000ABCDEAA1';
const header = (entityName: string, more: object = {}) => ({
  entityName,
  recordIds: ['a005g00000ABCDEAA1'],
  changeType: 'UPDATE',
  transactionKey: 't-1',
  sequenceNumber: 1,
  commitTimestamp: 1_770_110_100_250,
  ...more,
});
const read = (entityName: string, fields: object, more: object = {}) =>
  readJson(salesforce, { payload: { ChangeEventHeader: header(entityName, more), ...fields }, event: { replayId: 1 } });
const created = { changeType: 'CREATE' };

describe('Salesforce', () => {
  test.each([
    ['CampaignMember', { HasResponded: true, LeadId: LEAD }, {}, 'campaign.respond'],
    ['Task', { Status: 'Completed', WhoId: LEAD }, {}, 'task.complete'],
    ['Task', { IsClosed: true, WhoId: LEAD }, {}, 'task.complete'],
    ['EmailMessage', { Incoming: true, FromAddress: 'rosa@example.com' }, created, 'email.reply'],
    ['Engagement__c', { Type__c: 'Demo Watched', Lead__c: LEAD }, created, 'custom.demo_watched'],
  ])('%s with %j is %s', (entity, fields, more, type) => {
    const { engagements } = read(entity, fields, more);
    expect(engagements).toMatchObject([{ type, occurredAt: '2026-02-03T09:15:00.250Z', timePrecision: 'ms' }]);
    const { person } = engagements[0]!;
    expect(person.salesforceId ?? person.email).toBe('FromAddress' in fields ? 'rosa@example.com' : LEAD);
    expect(person.externalIds).toEqual({ [entity]: 'a005g00000ABCDEAA1' });
  });

  test.each([
    ['CampaignMember', { HasResponded: false }, {}],
    ['CampaignMember', { HasResponded: true }, { changeType: 'DELETE' }],
    ['Task', { Status: 'In Progress' }, {}],
    ['EmailMessage', { Incoming: true }, {}],
    ['Account', { Name: 'X' }, created],
    ['Engagement__c', { Type__c: 'email.open', External_Id__c: 'written by the ingester' }, created],
    ['Engagement__c', { Type__c: 'email.open' }, {}],
  ])('%s with %j and %j says nothing of what somebody did', (entity, fields, more) => {
    expect(read(entity, fields, more)).toEqual({ engagements: [], introductions: [], deadLetters: [] });
  });

  test('an adjustment of the score by a Flow', () => {
    const adjustment = {
      Type__c: 'score.adjust',
      Occurred_At__c: '2026-02-03T09:00:00.000Z',
      Properties__c: '{"points":15}',
      Contact__c: '0035g00000ABCDEAA1',
    };
    expect(read('Engagement__c', adjustment, created).engagements).toMatchObject([
      {
        type: 'score.adjust',
        occurredAt: '2026-02-03T09:00:00.000Z',
        person: { salesforceId: '0035g00000ABCDEAA1' },
        properties: { points: 15 },
      },
    ]);
  });

  test('one change of several records is one engagement for each, the same when it is replayed', () => {
    const several = { recordIds: ['00v000000000001AAA', '00v000000000002AAA'] };
    const ids = () => read('CampaignMember', { HasResponded: true }, several).engagements.map(({ id }) => id);
    expect(new Set(ids()).size).toBe(2);
    expect(ids()).toEqual(ids());
  });

  test('a gap is a dead letter that names the records; CometD has an envelope of its own', () => {
    expect(read('CampaignMember', {}, { changeType: 'GAP_UPDATE' }).deadLetters).toEqual([
      'event 0: GAP_UPDATE of CampaignMember: these records must be read anew: a005g00000ABCDEAA1',
    ]);
    const payload = { ChangeEventHeader: header('Task'), Status: 'Completed' };
    expect(readJson(salesforce, [{ data: { payload } }]).engagements).toMatchObject([
      { type: 'task.complete', person: {} },
    ]);
    expect(readJson(salesforce, { payload: {} }).deadLetters).toEqual(['event 0: it has no entityName']);
  });
});
