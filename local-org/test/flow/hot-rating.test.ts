import { describe, expect, test } from '@jest/globals';
import { openOrg } from '../../src/open.ts';
import type { Row } from '../../src/schema/types.ts';
import { forceApp } from '../support/server.ts';
import { admin, insertLead, NOW, rep, rows, update } from './support.ts';

describe('the packaged flow, Hot Rating Creates Task', () => {
  const score = { External_Id__c: 'm:1', Value__c: 61, Reasons__c: '+15 Pricing page visited' };
  const open = () => {
    const org = openOrg({ source: forceApp, clock: () => NOW });
    const lead = insertLead(org, { OwnerId: rep(org).id }).id!;
    const save = (row: Row) =>
      org.upsert(admin(org), 'Score__c', 'External_Id__c', [
        { ...score, Record_Id__c: lead, Lead__c: lead, ...row },
      ])[0]!;
    const tasks = () => rows(org, 'SELECT Subject, WhoId, OwnerId, ActivityDate, Priority, Description FROM Task');
    return { org, lead, save, tasks };
  };

  test('gives the owner a task, due tomorrow, that says why', () => {
    const { org, lead, save, tasks } = open();
    expect(save({ Rating__c: 'Hot' })).toMatchObject({ success: true });
    expect(tasks()).toMatchObject([
      {
        Subject: 'Hot lead: get in touch',
        WhoId: lead,
        OwnerId: rep(org).id,
        ActivityDate: '2026-11-22',
        Priority: 'High',
        Description: 'Score 61, rating Hot. Why:\n+15 Pricing page visited',
      },
    ]);
  });

  test('runs when the rating becomes Hot, not while it stays so', () => {
    const { save, tasks } = open();
    const counts = ['Warm', 'Hot', 'Hot', 'Warm', 'Hot'].map((Rating__c) => {
      save({ Rating__c });
      return tasks().length;
    });
    expect(counts).toEqual([0, 1, 1, 1, 2]);
  });

  test('gives no task to a queue', () => {
    const { org, lead, save, tasks } = open();
    const [queue] = rows(org, "SELECT Id FROM Group WHERE Type = 'Queue'");
    expect(update(org, 'Lead', { Id: lead, OwnerId: queue!['Id'] as string })).toMatchObject({ success: true });
    save({ Rating__c: 'Hot' });
    expect(tasks()).toEqual([]);
  });

  test('a task that is refused is noted on the score, which stands', () => {
    const { org, save, tasks } = open();
    org.update(admin(org), 'User', [{ Id: rep(org).id, IsActive: false }]);
    expect(save({ Rating__c: 'Hot' })).toMatchObject({ success: true });
    const [saved] = rows(org, 'SELECT Rating__c, Handoff_Error__c FROM Score__c');
    expect(saved).toMatchObject({ Rating__c: 'Hot' });
    expect(saved!['Handoff_Error__c']).toContain('INACTIVE_OWNER_OR_USER: operation performed with inactive user');
    expect(tasks()).toEqual([]);
  });
});
