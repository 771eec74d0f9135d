import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openOrg } from '../src/open.ts';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';
import { fieldFile, sourceFolder } from './support/source.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');
let running: Running;

beforeEach(async () => {
  running = await start({}, () => NOW);
});
afterEach(() => running.stop());

const client = () => running.client;
const insert = async (object: string, row: Record<string, unknown>): Promise<string> =>
  (await client().create(object, row)).id!;
const read = (object: string, id: string) => client().sobject(object).retrieve(id);
const rows = async (soql: string) => (await client().query(soql)).records;
const lead = (row: Record<string, unknown> = {}) =>
  insert('Lead', { FirstName: 'Ada', LastName: 'Moss', Company: 'Fern', ...row });
const convert = (conversion: Record<string, unknown>) =>
  client().soap.convertLead({
    convertedStatus: 'Closed - Converted',
    doNotCreateOpportunity: false,
    overwriteLeadSource: false,
    sendNotificationEmail: false,
    ...conversion,
  } as Parameters<ReturnType<typeof client>['soap']['convertLead']>[0]);
const failure = async (conversion: Record<string, unknown>) => {
  const { success, errors } = (await convert(conversion)) as unknown as {
    success: boolean;
    errors: { statusCode: string; message: string }[];
  };
  return [success, errors[0]!.statusCode, errors[0]!.message];
};

describe('a conversion', () => {
  test('makes an account, a contact and an opportunity of the standard fields', async () => {
    const leadId = await lead({ City: 'Oslo', Phone: '1', Title: 'CEO', LeadSource: 'Web', Industry: 'Energy' });
    const result = await convert({ leadId });
    expect(result).toMatchObject({ success: true, leadId });
    const { accountId, contactId, opportunityId } = result as unknown as Record<string, string>;
    expect(await read('Account', accountId!)).toMatchObject({ Name: 'Fern', BillingCity: 'Oslo', Industry: 'Energy' });
    expect(await read('Contact', contactId!)).toMatchObject({
      Name: 'Ada Moss',
      AccountId: accountId,
      MailingCity: 'Oslo',
      Title: 'CEO',
      Phone: '1',
    });
    expect(await read('Opportunity', opportunityId!)).toMatchObject({
      Name: 'Fern',
      AccountId: accountId,
      StageName: 'Prospecting',
      Probability: 10,
      CloseDate: '2026-12-31',
      LeadSource: 'Web',
    });
    expect(await read('Lead', leadId)).toMatchObject({
      Status: 'Closed - Converted',
      IsConverted: true,
      ConvertedDate: '2026-11-21',
      ConvertedAccountId: accountId,
      ConvertedContactId: contactId,
      ConvertedOpportunityId: opportunityId,
    });
    expect(await rows('SELECT ContactId, IsPrimary FROM OpportunityContactRole')).toMatchObject([
      { ContactId: contactId, IsPrimary: true },
    ]);
  });

  test('fills what is empty in the records that are named, and overwrites the lead source only when asked to', async () => {
    const accountId = await insert('Account', { Name: 'Fern & Co', Industry: 'Media' });
    const contactId = await insert('Contact', { LastName: 'M.', AccountId: accountId, LeadSource: 'Other' });
    const ada = await lead({ Industry: 'Energy', Phone: '1', Email: 'ada@fern.example', LeadSource: 'Web' });
    expect(await convert({ leadId: ada, accountId, contactId, doNotCreateOpportunity: true })).toMatchObject({
      success: true,
      accountId,
      contactId,
    });
    expect(await read('Account', accountId)).toMatchObject({ Name: 'Fern & Co', Industry: 'Media', Phone: '1' });
    expect(await read('Contact', contactId)).toMatchObject({
      LastName: 'M.',
      FirstName: 'Ada',
      Email: 'ada@fern.example',
      LeadSource: 'Other',
    });
    expect(await rows('SELECT Id FROM Opportunity')).toEqual([]);
    const bea = await lead({ LeadSource: 'Web' });
    await convert({ leadId: bea, accountId, contactId, doNotCreateOpportunity: true, overwriteLeadSource: true });
    expect(await read('Contact', contactId)).toMatchObject({ LeadSource: 'Web' });
  });

  test('takes activities and campaigns along', async () => {
    const leadId = await lead();
    const campaign = await insert('Campaign', { Name: 'Spring' });
    await insert('CampaignMember', { CampaignId: campaign, LeadId: leadId });
    const task = await insert('Task', { Subject: 'Call', WhoId: leadId });
    const { contactId, opportunityId } = (await convert({ leadId })) as unknown as Record<string, string>;
    expect(await read('Task', task)).toMatchObject({ WhoId: contactId, WhatId: opportunityId });
    expect(await rows('SELECT LeadId, ContactId, Type FROM CampaignMember')).toMatchObject([
      { LeadId: leadId, ContactId: contactId, Type: 'Contact' },
    ]);
    expect(await read('Opportunity', opportunityId!)).toMatchObject({ CampaignId: campaign });
  });

  test('tells of everything it made and changed', async () => {
    const leadId = await lead();
    const told: string[] = [];
    running.org.events.on('change', ({ object, type }) => told.push(`${object} ${type}`));
    await convert({ leadId });
    expect(told.sort()).toEqual([
      'Account created',
      'Contact created',
      'Lead updated',
      'Opportunity created',
      'OpportunityContactRole created',
    ]);
  });
});

describe('what is refused leaves nothing', () => {
  test.each([
    ['a status of no converted Lead', { convertedStatus: 'Working - Contacted' }, 'INVALID_STATUS'],
    ['a contact without its account', { contactId: '003000000000001AAA' }, 'REQUIRED_FIELD_MISSING'],
    ['an account that is not there', { accountId: '001000000000999AAA' }, 'INVALID_CROSS_REFERENCE_KEY'],
    ['an owner that is no user', { ownerId: '005000000000999AAA' }, 'INVALID_CROSS_REFERENCE_KEY'],
    ['an opportunity whose name is too long', { opportunityName: 'x'.repeat(121) }, 'STRING_TOO_LONG'],
  ])('%s', async (_, conversion, code) => {
    const leadId = await lead();
    expect((await failure({ leadId, ...conversion })).slice(0, 2)).toEqual([false, code]);
    expect(await rows('SELECT Id FROM Account')).toEqual([]);
    expect(await rows('SELECT Id FROM Contact')).toEqual([]);
    expect(await read('Lead', leadId)).toMatchObject({ IsConverted: false });
  });

  test('a converted Lead can be read and deleted only', async () => {
    const leadId = await lead();
    await convert({ leadId });
    const code = ['CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead'];
    expect(await failure({ leadId })).toEqual([false, ...code]);
    expect(await refusal(client().sobject('Lead').update({ Id: leadId, City: 'Oslo' }))).toEqual(code);
    expect(await refusal(client().sobject('Task').create({ Subject: 'Call', WhoId: leadId }))).toEqual([
      ...code,
      ['WhoId'],
    ]);
    expect(await client().sobject('Lead').destroy(leadId)).toMatchObject({ success: true });
  });
});

describe('LeadConvertSettings', () => {
  const text = '<type>Text</type><length>20</length>';
  const org = (from: string, to: string, outputField = 'Tier__c') => {
    const mapping = `<LeadConvertSettings><objectMapping><inputObject>Lead</inputObject><mappingFields><inputField>Tier__c</inputField><outputField>${outputField}</outputField></mappingFields><outputObject>Contact</outputObject></objectMapping></LeadConvertSettings>`;
    const files = [
      fieldFile('Lead.Tier__c', from),
      fieldFile('Contact.Tier__c', to),
      ['LeadConvertSettings/LeadConvertSettings.LeadConvertSetting-meta.xml', mapping],
    ] as const;
    return openOrg({ source: sourceFolder(Object.fromEntries(files)), clock: () => NOW });
  };

  test('map custom fields', () => {
    const opened = org(text, text);
    const admin = opened.user('admin@local-org.example')!;
    const [saved] = opened.insert(admin, 'Lead', [{ LastName: 'Moss', Company: 'Fern', Tier__c: 'Gold' }]);
    const [converted] = opened.convertLeads(admin, [
      {
        leadId: saved!.id!,
        convertedStatus: 'Closed - Converted',
        doNotCreateOpportunity: true,
        overwriteLeadSource: false,
      },
    ]);
    expect(converted).toMatchObject({ success: true });
    expect(opened.query(admin, 'SELECT Tier__c FROM Contact').records).toMatchObject([{ Tier__c: 'Gold' }]);
  });

  test.each([
    ['fields that do not fit', text, '<type>Date</type>', 'Tier__c', 'Lead.Tier__c (string) does not fit'],
    ['fields that are not there', text, text, 'Nope__c', '<outputField>: Contact has no field Nope__c'],
    ['standard fields', text, text, 'Title', 'Contact.Title is a standard field'],
  ])('refuse %s', (_, from, to, outputField, message) => {
    expect(() => org(from, to, outputField)).toThrow(message);
  });
});

test('a flow that refuses one conversion of a batch leaves nothing of that one, and the other whole', () => {
  const flow = `<Flow><label>Refuse</label><processType>AutoLaunchedFlow</processType><status>Active</status><start><connector><targetReference>Act</targetReference></connector><filterLogic>and</filterLogic><filters><field>LastName</field><operator>EqualTo</operator><value><stringValue>Ash</stringValue></value></filters><object>Contact</object><recordTriggerType>Create</recordTriggerType><triggerType>RecordAfterSave</triggerType></start><recordCreates><name>Act</name><inputAssignments><field>WhoId</field><value><stringValue>00Q000000000999EAA</stringValue></value></inputAssignments><object>Task</object></recordCreates></Flow>`;
  const org = openOrg({ source: sourceFolder({ 'flows/Refuse.flow-meta.xml': flow }), clock: () => NOW });
  const admin = org.user('admin@local-org.example')!;
  const leads = org.insert(admin, 'Lead', [
    { LastName: 'Ash', Company: 'Ash' },
    { LastName: 'Moss', Company: 'Moss' },
  ]);
  const how = { convertedStatus: 'Closed - Converted', doNotCreateOpportunity: false, overwriteLeadSource: false };
  const results = org.convertLeads(
    admin,
    leads.map(({ id }) => ({ leadId: id!, ...how })),
  );
  expect(results).toMatchObject([
    { success: false, errors: [{ statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER' }] },
    { success: true },
  ]);
  const accounts = org.query(admin, 'SELECT Id, Name, (SELECT LastName FROM Contacts) FROM Account').records;
  expect(accounts).toMatchObject([
    { Id: results[1]!.accountId, Name: 'Moss', Contacts: { records: [{ LastName: 'Moss' }] } },
  ]);
  expect(org.query(admin, 'SELECT Name, IsConverted FROM Lead ORDER BY Name').records).toMatchObject([
    { Name: 'Ash', IsConverted: false },
    { Name: 'Moss', IsConverted: true },
  ]);
});
