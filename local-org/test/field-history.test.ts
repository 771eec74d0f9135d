import { expect, test } from '@jest/globals';
import { openOrg } from '../src/open.ts';
import type { Org } from '../src/org.ts';
import { fieldFile, objectFile, sourceFolder } from './support/source.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const tracked = '<trackHistory>true</trackHistory>';
const number = '<type>Number</type><precision>18</precision><scale>0</scale>';

const orgWith = (...files: [string, string][]): Org =>
  openOrg({ source: sourceFolder(Object.fromEntries(files)), clock: () => NOW });
const admin = (org: Org) => org.user('admin@local-org.example')!;
const rows = (org: Org, soql: string) => org.query(admin(org), soql).records;

const leads = () =>
  orgWith(
    fieldFile('Lead.Status', tracked),
    fieldFile('Lead.OwnerId', tracked),
    fieldFile('Lead.Points__c', number + tracked),
    fieldFile('Lead.Other__c', number),
  );

test('changes of tracked fields are kept, with who made them, and lookups by name and ID', () => {
  const org = leads();
  const rep = org.user('robin.reed@local-org.example')!;
  const [lead] = org.insert(admin(org), 'Lead', [{ LastName: 'Moss', Company: 'Fern', Points__c: 5 }]);
  const Id = lead!.id!;
  org.update(admin(org), 'Lead', [{ Id, Points__c: 7, Other__c: 1, City: 'Oslo' }]);
  org.update(admin(org), 'Lead', [{ Id, Status: 'Working - Contacted', OwnerId: rep.id }]);
  expect(
    rows(org, 'SELECT Field, OldValue, NewValue, DataType, LeadId, CreatedBy.Alias FROM LeadHistory ORDER BY Id'),
  ).toMatchObject([
    { Field: 'created', OldValue: null, NewValue: null, LeadId: Id, CreatedBy: { Alias: 'admin' } },
    { Field: 'Points__c', OldValue: 5, NewValue: 7, DataType: 'Double' },
    { Field: 'Status', OldValue: 'Open - Not Contacted', NewValue: 'Working - Contacted', DataType: 'DynamicEnum' },
    { Field: 'Owner', OldValue: 'Alex Admin', NewValue: 'Robin Reed', DataType: 'Text' },
    { Field: 'Owner', OldValue: admin(org).id, NewValue: rep.id, DataType: 'EntityId' },
  ]);
  expect(rows(org, "SELECT (SELECT Field FROM Histories WHERE Field = 'Status') FROM Lead")).toMatchObject([
    { Histories: { totalSize: 1, records: [{ attributes: { type: 'LeadHistory' }, Field: 'Status' }] } },
  ]);
  expect(() => rows(org, "SELECT Id FROM LeadHistory WHERE NewValue = 'x'")).toThrow(
    "field 'NewValue' can not be filtered",
  );
});

test('a history tells nothing of fields that its reader may not see', () => {
  const org = leads();
  const rep = org.user('robin.reed@local-org.example')!;
  const [lead] = org.insert(admin(org), 'Lead', [{ LastName: 'Moss', Company: 'Fern', Points__c: 5 }]);
  org.update(admin(org), 'Lead', [{ Id: lead!.id!, Points__c: 7, Status: 'Working - Contacted' }]);
  const told = (soql: string) => org.query(rep, soql).records;
  expect(told('SELECT Field FROM LeadHistory ORDER BY Id')).toMatchObject([{ Field: 'created' }, { Field: 'Status' }]);
  expect(told('SELECT COUNT(Id) n FROM LeadHistory')).toMatchObject([{ n: 2 }]);
  expect(told('SELECT (SELECT Field FROM Histories) FROM Lead')).toMatchObject([{ Histories: { totalSize: 2 } }]);
});

test('a refused save leaves no history; a conversion leaves its mark', () => {
  const org = leads();
  const [lead] = org.insert(admin(org), 'Lead', [{ LastName: 'Moss', Company: 'Fern' }]);
  const Id = lead!.id!;
  org.update(
    admin(org),
    'Lead',
    [
      { Id, Points__c: 1 },
      { Id, LastName: null },
    ],
    { allOrNone: true },
  );
  expect(rows(org, 'SELECT Field FROM LeadHistory')).toMatchObject([{ Field: 'created' }]);
  const how = { convertedStatus: 'Closed - Converted', doNotCreateOpportunity: true, overwriteLeadSource: false };
  org.convertLeads(admin(org), [{ leadId: Id, ...how }]);
  expect(rows(org, 'SELECT Field FROM LeadHistory ORDER BY Id')).toMatchObject([
    { Field: 'created' },
    { Field: 'leadConverted' },
    { Field: 'Status' },
  ]);
});

test('custom objects keep history where they enable it', () => {
  const field = fieldFile('Wine__c.Year__c', number + tracked);
  const on = orgWith(objectFile('Wine__c', '<enableHistory>true</enableHistory>'), field);
  const [wine] = on.insert(admin(on), 'Wine__c', [{ Name: 'A', Year__c: 1999 }]);
  on.update(admin(on), 'Wine__c', [{ Id: wine!.id!, Year__c: 2000 }]);
  expect(rows(on, "SELECT ParentId, OldValue, NewValue FROM Wine__History WHERE Field = 'Year__c'")).toMatchObject([
    { ParentId: wine!.id, OldValue: 1999, NewValue: 2000 },
  ]);
  const off = orgWith(objectFile('Wine__c'), field);
  expect(() => rows(off, 'SELECT Id FROM Wine__History')).toThrow("sObject type 'Wine__History' is not supported");
});

test('nobody writes history; a field that is not there is refused at load', () => {
  const org = leads();
  expect(() => org.insert(admin(org), 'LeadHistory', [{ Field: 'Status' }])).toThrow('entity type cannot be saved');
  expect(() => orgWith(fieldFile('Lead.Nope', tracked))).toThrow('the local org has no field Lead.Nope');
});
