import { expect, test } from '@jest/globals';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChangeEventHeader } from '../src/events/event.ts';
import { read } from '../src/events/reader.ts';
import { channelFile, channelXml, memberFile, memberXml, openEvents } from './support/events.ts';
import { fieldFile } from './support/source.ts';

const hour = 3_600_000;
const ratings = {
  'objects/Rated__e/Rated__e.object-meta.xml':
    '<CustomObject><label>Rated</label><pluralLabel>Rated</pluralLabel><eventType>HighVolume</eventType></CustomObject>',
  'objects/Rated__e/fields/Rating__c.field-meta.xml':
    '<CustomField><fullName>Rating__c</fullName><label>Rating</label><type>Text</type><length>20</length></CustomField>',
  'objects/Rated__e/fields/Value__c.field-meta.xml':
    '<CustomField><fullName>Value__c</fullName><label>Value</label><type>Number</type><precision>9</precision><scale>2</scale></CustomField>',
};
const leads = { [memberFile('ChangeEvents_LeadChangeEvent')]: memberXml('LeadChangeEvent') };
const lead = { LastName: 'Lovelace', Company: 'Acme' };
const headers = (events: { content: { header: object } }[] | undefined) => events!.map(({ content }) => content.header);

test('only what a channel has for a member is captured, under the standard channel and its own', () => {
  const { org, create, events } = openEvents(leads);
  create('Account', { Name: 'Acme' });
  create('Lead', lead);
  expect(events('/data/ChangeEvents')).toHaveLength(1);
  expect(events('/data/LeadChangeEvent')).toEqual(events('/data/ChangeEvents'));
  expect(org.channels.find('/data/AccountChangeEvent')).toBeUndefined();
  expect(org.channels.find('/data/leadchangeevent')).toBeUndefined();
});

test('records that go along with their parent, or lose it, have events of the same transaction', () => {
  const { org, admin, create, events } = openEvents({
    ...leads,
    [memberFile('A')]: memberXml('AccountChangeEvent'),
    [memberFile('C')]: memberXml('ContactChangeEvent'),
    [memberFile('O')]: memberXml('OpportunityChangeEvent'),
  });
  const [AccountId] = create('Account', { Name: 'Acme' });
  create('Contact', { LastName: 'A', AccountId: AccountId! }, { LastName: 'B', AccountId: AccountId! });
  const { replayId } = events('/data/ChangeEvents')!.at(-1)!;
  org.remove(admin, [AccountId!]);
  const deletions = headers(events('/data/ChangeEvents', replayId));
  expect(deletions).toMatchObject([
    { entityName: 'Contact', changeType: 'DELETE', recordIds: [expect.any(String), expect.any(String)] },
    { entityName: 'Account', changeType: 'DELETE', recordIds: [AccountId] },
  ]);
  expect(new Set(deletions.map((header) => (header as { transactionKey: string }).transactionKey)).size).toBe(1);
});

test('a transaction of more than 100,000 changed fields ends in an overflow', () => {
  const { org, admin, create, events } = openEvents(leads);
  const names = 'Title Phone MobilePhone Fax Website Description Street City State PostalCode Country'.split(' ');
  const changed = { ...Object.fromEntries(names.map((name) => [name, 'x'])), Website: 'https://x.example' };
  const ids = create('Lead', ...Array.from({ length: 8_400 }, () => lead));
  const before = org.bus.last;
  org.update(
    admin,
    'Lead',
    ids.map((Id) => ({ Id, ...changed })),
  );
  const [update, overflow, ...more] = headers(events('/data/ChangeEvents', before)) as ChangeEventHeader[];
  expect(more).toEqual([]);
  expect(update!.changeType).toBe('UPDATE');
  expect(update!.recordIds).toHaveLength(Math.floor(100_000 / update!.changedFields.length));
  expect(overflow).toMatchObject({ changeType: 'GAP_OVERFLOW', recordIds: ['000000000000000AAA'], sequenceNumber: 2 });
});

test('a change of more than 1 MB is a gap', () => {
  const names = Array.from({ length: 8 }, (_, i) => `Long${i}__c`);
  const { create, events } = openEvents({
    ...leads,
    ...Object.fromEntries(
      names.map((name) => fieldFile(`Lead.${name}`, '<type>LongTextArea</type><length>131072</length>')),
    ),
  });
  const [id] = create('Lead', { ...lead, ...Object.fromEntries(names.map((name) => [name, 'x'.repeat(131_072)])) });
  expect(events('/data/ChangeEvents')).toMatchObject([
    { content: { header: { changeType: 'GAP_CREATE', recordIds: [id] }, body: {} } },
  ]);
});

test('filters and enriched fields are those of their channel', () => {
  const { org, admin, create, events } = openEvents({
    [channelFile('Big__chn')]: channelXml(),
    [memberFile('Big_chn_Lead')]: memberXml('LeadChangeEvent', {
      channel: 'Big__chn',
      filter:
        "(NumberOfEmployees > 100 OR Address.City LIKE 'os%') AND ChangeEventHeader.changeType IN ('UPDATE', 'DELETE')",
      enriched: ['Name', 'Company'],
    }),
  });
  const [small, big, oslo] = create(
    'Lead',
    { ...lead, NumberOfEmployees: 5 },
    { ...lead, FirstName: 'Ada', NumberOfEmployees: 500 },
    { ...lead, LastName: 'Olsen', City: 'OSLO' },
  );
  org.update(
    admin,
    'Lead',
    [small!, big!, oslo!].map((Id) => ({ Id, Title: 'T' })),
  );
  const shown = events('/data/Big__chn')!;
  expect(shown.map(({ content }) => content)).toMatchObject([
    {
      header: { recordIds: [big], changedFields: ['Title', 'LastModifiedDate'] },
      body: { Title: 'T', Name: { FirstName: 'Ada', LastName: 'Lovelace' }, Company: 'Acme', NumberOfEmployees: 500 },
    },
    { header: { recordIds: [oslo] }, body: { Name: { LastName: 'Olsen' }, Address: { City: 'OSLO' } } },
  ]);
  expect(shown[0]!.replayId).toBe(shown[1]!.replayId);
  const [one] = events('/data/LeadChangeEvent', shown[0]!.replayId - 1)!;
  expect(one!.content).toMatchObject({ header: { recordIds: [small, big, oslo] }, body: { Title: 'T' } });
  expect(one!.content.body).not.toHaveProperty('Company');
});

test('subscribers get the fields that they may see', () => {
  const { org, admin, create, events } = openEvents({
    ...leads,
    ...Object.fromEntries([fieldFile('Lead.Budget__c', '<type>Text</type><length>20</length>')]),
  });
  const [id] = create('Lead', { ...lead, Budget__c: 'high' });
  org.update(admin, 'Lead', [{ Id: id!, Title: 'T', Budget__c: 'low' }]);
  const channel = org.channels.find('/data/ChangeEvents')!;
  const seen = read(org, org.user('robin.reed@local-org.example')!, channel, 'earliest')!.next(10);
  expect(seen.map(({ event }) => event.content)).toMatchObject([
    { header: { changeType: 'CREATE' }, body: { Company: 'Acme' } },
    { header: { changedFields: ['Title', 'LastModifiedDate'] }, body: { Title: 'T' } },
  ]);
  for (const { event } of seen) expect(event.content).not.toHaveProperty('body.Budget__c');
  expect(events('/data/ChangeEvents')![1]!.content.body).toMatchObject({ Budget__c: 'low' });
});

test('platform events are heard within the org in order, after the commit, and by filter on a channel', () => {
  const { org, admin, events } = openEvents({
    ...ratings,
    [channelFile('Hot__chn')]: channelXml('event'),
    [memberFile('Hot_chn_Rated')]: memberXml('Rated__e', { channel: 'Hot__chn', filter: "Rating__c = 'hot'" }),
  });
  const heard: string[] = [];
  const publish = (Rating__c: string) => org.insert(admin, 'Rated__e', [{ Rating__c }]);
  org.events.on('publish', ({ fields }) => {
    heard.push(`${fields['Rating__c'] as string} first`);
    if (fields['Rating__c'] === 'Warm') publish('Hot');
  });
  org.events.on('publish', ({ fields }) => heard.push(`${fields['Rating__c'] as string} second`));
  org.transaction(() => {
    publish('Warm');
    expect(heard).toEqual([]);
  });
  expect(heard).toEqual(['Warm first', 'Warm second', 'Hot first', 'Hot second']);
  expect(() =>
    org.transaction(() => {
      publish('Never');
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(events('/event/Rated__e')).toHaveLength(2);
  expect(events('/event/Hot__chn')).toMatchObject([{ content: { Rating__c: 'Hot' } }]);
});

test('events outlive the process, and are retained for 72 hours', () => {
  const data = join(mkdtempSync(join(tmpdir(), 'events-')), 'org.db');
  let now = Date.parse('2026-11-21T10:00:00Z');
  const clock = () => now;
  const first = openEvents(leads, { data, clock });
  first.create('Lead', lead);
  const [kept] = first.events('/data/ChangeEvents')!;
  now += 71 * hour;
  first.create('Lead', lead);
  first.org.close();
  const second = openEvents(leads, { data, clock });
  expect(second.events('/data/ChangeEvents')![0]).toEqual(kept);
  expect(second.events('/data/ChangeEvents', kept!.replayId)).toHaveLength(1);
  now += 2 * hour;
  expect(second.events('/data/ChangeEvents')).toHaveLength(1);
  expect(second.events('/data/ChangeEvents', kept!.replayId)).toBeUndefined();
  now += 72 * hour;
  expect(second.events('/data/ChangeEvents', second.org.bus.last)).toBeUndefined();
  expect(second.events('/data/ChangeEvents', second.org.bus.mark())).toEqual([]);
  second.org.close();
});

const custom = { [channelFile('My__chn')]: channelXml() };
const six = ['Account', 'Contact', 'Lead', 'Opportunity', 'Case', 'Campaign'];
test.each<[string, Record<string, string>, RegExp]>([
  ['an unknown channel', { [memberFile('M')]: memberXml('LeadChangeEvent', { channel: 'No__chn' }) }, /No__chn/],
  [
    'an object for an event',
    { [memberFile('M')]: memberXml('Lead') },
    /invalid event in the "selectedEntity" field: Lead/,
  ],
  ['an object without events', { [memberFile('M')]: memberXml('PushTopicChangeEvent') }, /PushTopicChangeEvent/],
  [
    'an unknown element',
    { [channelFile('My__chn')]: channelXml('data', '<masterLabel>M</masterLabel>') },
    /<masterLabel>/,
  ],
  ['a channel name', { [channelFile('My')]: channelXml() }, /Invalid channel name: My/],
  [
    'six objects',
    Object.fromEntries(six.map((name) => [memberFile(name), memberXml(`${name}ChangeEvent`)])),
    /5 objects/,
  ],
  [
    'a path to enrich',
    { [memberFile('M')]: memberXml('LeadChangeEvent', { enriched: ['Owner.Name'] }) },
    /Owner\.Name/,
  ],
  [
    'a part to enrich',
    { [memberFile('M')]: memberXml('LeadChangeEvent', { enriched: ['City'] }) },
    /City, isn't valid/,
  ],
  [
    'an enriched platform event',
    {
      ...ratings,
      [channelFile('E__chn')]: channelXml('event'),
      [memberFile('M')]: memberXml('Rated__e', { channel: 'E__chn', enriched: ['Rating__c'] }),
    },
    /cannot be enriched/,
  ],
])('%s is refused at load', (_, files, message) => {
  expect(() => openEvents({ ...custom, ...files })).toThrow(message);
});

test.each<[string, RegExp]>([
  ["WHERE Industry = 'Banking'", /syntax errors/],
  ["City = 'Oslo'", /City field is invalid/],
  ["Owner.Username = 'a'", /Owner\.Username field is invalid/],
  ['Address = null', /has to be used with a component field/],
  ['IsDeleted = false', /IsDeleted field is invalid/],
  ["ChangeEventHeader.recordIds = 'a'", /recordIds field is invalid/],
  ['NumberOfEmployees > AnnualRevenue', /syntax errors/],
  ['CreatedDate > 2026-11-21T10:00:00Z', /> is not supported for CreatedDate/],
  ['CreatedDate = TODAY', /date literals/],
  ["NOT Industry = 'Banking'", /NOT is not supported/],
  ["NumberOfEmployees LIKE '1%'", /must be of type int/],
  ["OwnerId LIKE '005000000000001AAA'", /LIKE is not supported for OwnerId/],
  ['DoNotCall > true', /> is not supported/],
  ["Description = 'long'", /Description are not supported/],
])('the filter %s is refused at load', (filter, message) => {
  expect(() => openEvents({ [memberFile('M')]: memberXml('LeadChangeEvent', { filter }) })).toThrow(message);
});
