import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOrg } from '../src/open.ts';
import type { Org } from '../src/org.ts';
import { usernames } from '../src/seed.ts';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';
import { archive, zip } from './support/zip.ts';

const wine = (inner: string, sharing = 'ReadWrite') =>
  `<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
  <deploymentStatus>Deployed</deploymentStatus>
  ${inner}
  <label>Wine</label>
  <nameField><label>Name</label><type>Text</type></nameField>
  <pluralLabel>Wines</pluralLabel>
  <sharingModel>${sharing}</sharingModel>
</CustomObject>`;

const field = (name: string, inner: string) =>
  `<fields><fullName>${name}</fullName><label>${name.replace('__c', '')}</label>${inner}</fields>`;

const leadFields = (...fields: string[]) => `<CustomObject>${fields.join('')}</CustomObject>`;

const text = (length: number) => `<length>${length}</length><type>Text</type>`;

/** A flow that makes a task of a wine. */
const flow = (subject: string) =>
  `<Flow><apiVersion>66.0</apiVersion><label>Wine Task</label><processType>AutoLaunchedFlow</processType>
  <recordCreates><name>Make</name><label>Make</label><locationX>0</locationX><locationY>0</locationY>
    <inputAssignments><field>Subject</field><value><elementReference>$Record.${subject}</elementReference></value></inputAssignments>
    <object>Task</object></recordCreates>
  <start><locationX>0</locationX><locationY>0</locationY><connector><targetReference>Make</targetReference></connector>
    <object>Wine__c</object><recordTriggerType>Create</recordTriggerType><triggerType>RecordAfterSave</triggerType></start>
  <status>Active</status></Flow>`;

const wineCellar = archive(
  { CustomObject: ['Wine__c'], Flow: ['Wine_Task'], PermissionSet: ['Sommelier'], CustomTab: ['Wine__c'] },
  {
    'objects/Wine__c.object': wine(
      field('Color__c', text(20)) +
        field('Bottles__c', '<precision>5</precision><scale>0</scale><type>Number</type>') +
        field(
          'Lead__c',
          '<referenceTo>Lead</referenceTo><relationshipName>Wines</relationshipName><type>Lookup</type>',
        ),
    ),
    'flows/Wine_Task.flow': flow('Color__c'),
    'tabs/Wine__c.tab': '<CustomTab><customObject>true</customObject><motif>Custom1: Heart</motif></CustomTab>',
    'permissionsets/Sommelier.permissionset':
      '<PermissionSet><fieldPermissions><editable>true</editable><field>Wine__c.Color__c</field><readable>true</readable></fieldPermissions><label>Sommelier</label></PermissionSet>',
  },
);

interface Answer {
  readonly success: boolean;
  readonly status: string;
  readonly details: { readonly componentFailures?: object | object[] };
}

let running: Running;
let org: Org;

beforeAll(async () => {
  running = await start();
  ({ org } = running);
  running.client.metadata.pollInterval = 20;
});

afterAll(() => running.stop());

const overSoap = async (content: Buffer, options: object = {}): Promise<Answer> =>
  await running.client.metadata
    .deploy(content, { rollbackOnError: true, singlePackage: true, ...options })
    .complete(true);

const failuresOf = ({ details }: Answer) => [details.componentFailures ?? []].flat();

const admin = () => org.user(usernames.admin)!;

test('what is deployed is there at once: objects, fields, relationships, flows, permission sets', async () => {
  expect(org.schema.object('Wine__c')).toBeUndefined();
  expect(await overSoap(wineCellar)).toMatchObject({ success: true, status: 'Succeeded', numberComponentErrors: 0 });

  const { client } = running;
  expect((await client.describe('Wine__c')).fields.map(({ name }) => name)).toContain('Bottles__c');
  const lead = await client.create('Lead', { LastName: 'Ada', Company: 'Acme' });
  await client.create('Wine__c', { Name: 'Malbec', Color__c: 'Red', Bottles__c: 6, Lead__c: lead.id });
  const { records } = await client.query('SELECT Name, (SELECT Color__c FROM Wines__r) FROM Lead');
  expect(records).toMatchObject([{ Name: 'Ada', Wines__r: { records: [{ Color__c: 'Red' }] } }]);
  expect((await client.query("SELECT Id FROM Task WHERE Subject = 'Red'")).totalSize).toBe(1);
  expect(
    org.query(admin(), "SELECT Field FROM FieldPermissions WHERE Parent.Name = 'Sommelier'").records,
  ).toMatchObject([{ Field: 'Wine__c.Color__c' }]);
  const graphql = await fetch(`${running.url}/services/data/v66.0/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.accessToken!}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ uiapi { query { Wine__c { edges { node { Color__c { value } } } } } } }' }),
  });
  expect(await graphql.json()).toMatchObject({
    data: { uiapi: { query: { Wine__c: { edges: [{ node: { Color__c: { value: 'Red' } } }] } } } },
  });
});

test('a check changes nothing, and says what it would', async () => {
  const extended = archive(
    { CustomField: ['Wine__c.Year__c'] },
    { 'objects/Wine__c.object': leadFields(field('Year__c', text(4))) },
  );
  expect(await overSoap(extended, { checkOnly: true })).toMatchObject({ success: true, numberComponentsDeployed: 1 });
  expect(org.schema.object('Wine__c')!.field('Year__c')).toBeUndefined();
});

test('REST takes the same, for those who may', async () => {
  const { client } = running;
  const { id } = (await client.metadata.deployRest(wineCellar, { rollbackOnError: true, singlePackage: true })) as {
    id: string;
  };
  const report = () =>
    client.request<{ deployResult: Answer & { done: boolean } }>(
      `/services/data/v66.0/metadata/deployRequest/${id}?includeDetails=true`,
    );
  let { deployResult } = await report();
  while (!deployResult.done) ({ deployResult } = await report());
  expect(deployResult).toMatchObject({ status: 'Succeeded', numberComponentsTotal: 7 });
  expect(deployResult.details).toMatchObject({
    componentSuccesses: expect.arrayContaining([
      expect.objectContaining({ componentType: 'CustomField', fullName: 'Wine__c.Color__c', changed: false }),
    ]),
  });

  client.accessToken = running.sessions.start(org.user(usernames.rep)!);
  const [errorCode] = await refusal(client.metadata.deployRest(wineCellar, {}));
  expect(errorCode).toBe('INSUFFICIENT_ACCESS');
  await client.authorize({ grant_type: 'client_credentials' });
});

describe('a broken component is refused by name, with the place, and nothing changes', () => {
  const one = (type: string, member: string, path: string, content: string) =>
    archive({ [type]: [member] }, { [path]: content });
  const leadField = (inner: string) =>
    one('CustomField', 'Lead.X__c', 'objects/Lead.object', `<CustomObject>\n${field('X__c', inner)}</CustomObject>`);
  const x = { componentType: 'CustomField', fullName: 'Lead.X__c', fileName: 'objects/Lead.object', lineNumber: 2 };

  test.each<[string, Buffer, object]>([
    [
      'an unclosed tag',
      one('CustomTab', 'T', 'tabs/T.tab', '<CustomTab>\n<url>'),
      { fullName: 'T', problem: /^Error parsing file: / },
    ],
    ['another root', one('CustomTab', 'T', 'tabs/T.tab', '<Flow/>'), { problem: /<CustomTab> was expected/ }],
    [
      'an unknown element',
      leadField('<typo>1</typo><type>Date</type>'),
      { componentType: 'CustomObject', lineNumber: 2, problem: /typo invalid at this location in type CustomField/ },
    ],
    ['an element twice', leadField('<type>Date</type><type>Date</type>'), { problem: /Element type is duplicated/ }],
    [
      'an unknown value',
      leadField('<type>Numbr</type>'),
      { problem: "'Numbr' is not a valid value for the enum 'FieldType'" },
    ],
    [
      'a text without length',
      leadField('<type>Text</type>'),
      { ...x, problem: "Must specify 'length' for a CustomField of type Text" },
    ],
    ['a text that is too long', leadField(text(256)), { ...x, problem: /not a whole number from 1 to 255/ }],
    [
      'a standard field that is not there',
      one(
        'CustomField',
        'Lead.Nope',
        'objects/Lead.object',
        leadFields(field('Nope', '<trackHistory>true</trackHistory>')),
      ),
      { fullName: 'Lead.Nope' },
    ],
    [
      'a name with two underscores',
      one('CustomField', 'Lead.A__B__c', 'objects/Lead.object', leadFields(field('A__B__c', '<type>Date</type>'))),
      { fullName: 'Lead.A__B__c', problem: /name 'A__B__c' is not valid/ },
    ],
    ['a picklist without values', leadField('<type>Picklist</type>'), { ...x, problem: /Must specify 'valueSet'/ }],
    [
      'a lookup to nothing',
      leadField('<referenceTo>Nope__c</referenceTo><type>Lookup</type>'),
      { ...x, problem: /Nope__c/ },
    ],
    [
      'an object of an unknown standard object',
      one('CustomField', 'Grape.X__c', 'objects/Grape.object', leadFields(field('X__c', '<type>Date</type>'))),
      { fullName: 'Grape.X__c' },
    ],
    [
      'a detail with a sharing model of its own',
      one(
        'CustomObject',
        'Cork__c',
        'objects/Cork__c.object',
        wine(
          field(
            'Wine__c',
            '<referenceTo>Wine__c</referenceTo><relationshipName>Corks</relationshipName><type>MasterDetail</type>',
          ),
        ),
      ),
      { fullName: 'Cork__c', problem: /Cannot set sharingModel to ReadWrite/ },
    ],
    [
      'a flow on a field that is not there',
      one('Flow', 'Wine_Task', 'flows/Wine_Task.flow', flow('Grape__c')),
      { componentType: 'Flow', fullName: 'Wine_Task' },
    ],
    [
      'a permission on a field that is not there',
      one(
        'PermissionSet',
        'P',
        'permissionsets/P.permissionset',
        '<PermissionSet><fieldPermissions><editable>false</editable><field>Lead.Nope__c</field><readable>true</readable></fieldPermissions><label>P</label></PermissionSet>',
      ),
      { fullName: 'P' },
    ],
    [
      'a tab of an object that is not there',
      one(
        'CustomTab',
        'Nope__c',
        'tabs/Nope__c.tab',
        '<CustomTab><customObject>true</customObject><motif>Custom1: Heart</motif></CustomTab>',
      ),
      { problem: /no CustomObject named Nope__c found/ },
    ],
    [
      'an app with an unknown tab',
      one(
        'CustomApplication',
        'A',
        'applications/A.app',
        '<CustomApplication><label>A</label><tabs>Nope</tabs></CustomApplication>',
      ),
      { fullName: 'A', problem: 'In field: tabs - no CustomTab named Nope found' },
    ],
    [
      'a component without its module',
      one(
        'LightningComponentBundle',
        'card',
        'lwc/card/card.js-meta.xml',
        '<LightningComponentBundle><apiVersion>66.0</apiVersion></LightningComponentBundle>',
      ),
      { fullName: 'card', problem: /card\.js is missing/ },
    ],
    [
      'a component without its metadata',
      one('LightningComponentBundle', 'card', 'lwc/card/card.js', 'export {}'),
      { fullName: 'card', problem: /card\.js-meta\.xml is missing/ },
    ],
    [
      'Apex',
      one('ApexClass', 'C', 'classes/C.cls', 'class C {}'),
      { fullName: 'classes/C.cls', problem: /not supported by the local org/ },
    ],
    [
      'a file that package.xml does not name',
      archive(
        {},
        { 'tabs/Wine__c.tab': '<CustomTab><customObject>true</customObject><motif>Custom1: Heart</motif></CustomTab>' },
      ),
      { problem: 'Not in package.xml' },
    ],
    [
      'a name without a file',
      archive({ Flow: ['Missing'] }, {}),
      { fullName: 'package.xml', problem: /'Missing' of type Flow was named in package.xml, but was not found/ },
    ],
    ['no package.xml', zip([{ name: 'tabs/T.tab', content: '' }]), { problem: 'No package.xml found' }],
  ])('%s', async (_, content, failure) => {
    const before = org.schema.objects;
    const answer = await overSoap(content);
    expect(answer).toMatchObject({ success: false, status: 'Failed' });
    const expected = Object.fromEntries(
      Object.entries(failure).map(([key, value]) => [
        key,
        value instanceof RegExp ? expect.stringMatching(value) : (value as string),
      ]),
    );
    expect(failuresOf(answer)).toContainEqual(expect.objectContaining({ problemType: 'Error', ...expected }));
    expect(org.schema.objects).toBe(before);
  });
});

test('labels and the parts of a workflow are components of their own, as package.xml names them', async () => {
  const content = archive(
    { CustomLabels: ['CustomLabels'], CustomLabel: ['Hello'], Workflow: ['Lead'], WorkflowAlert: ['Lead.Tell'] },
    {
      'labels/CustomLabels.labels':
        '<CustomLabels><labels><fullName>Hello</fullName><language>en_US</language><protected>true</protected><shortDescription>Hello</shortDescription><value>Hello</value></labels></CustomLabels>',
      'workflows/Lead.workflow':
        '<Workflow><alerts><fullName>Tell</fullName><description>Tell</description><protected>false</protected><recipients><type>owner</type></recipients><senderType>CurrentUser</senderType><template>unfiled$public/Tell</template></alerts></Workflow>',
    },
  );
  const answer = await overSoap(content, { checkOnly: true });
  expect(failuresOf(answer)).toEqual([]);
  expect(answer).toMatchObject({ status: 'Succeeded', numberComponentsDeployed: 4 });
});

test('without rollback, what is whole is deployed', async () => {
  const content = archive(
    { CustomField: ['Lead.Good__c', 'Lead.Bad__c'] },
    { 'objects/Lead.object': leadFields(field('Good__c', text(9)), field('Bad__c', '<type>Text</type>')) },
  );
  expect(await overSoap(content, { rollbackOnError: false })).toMatchObject({ status: 'SucceededPartial' });
  const lead = org.schema.object('Lead')!;
  expect([lead.field('Good__c')?.length, lead.field('Bad__c')]).toEqual([9, undefined]);
});

test('without rollback too, a change that no single field stands for is refused', async () => {
  const content = archive(
    { CustomObject: ['Wine__c'] },
    {
      'objects/Wine__c.object': wine('').replace('<type>Text', '<displayFormat>W-{0}</displayFormat><type>AutoNumber'),
    },
  );
  const answer = await overSoap(content, { rollbackOnError: false });
  expect(answer).toMatchObject({ status: 'Failed' });
  expect(failuresOf(answer)).toMatchObject([
    { fullName: 'Wine__c', problem: 'Cannot change the type of the field from string to auto-number' },
  ]);
  expect(org.schema.object('Wine__c')!.nameField!.autoNumber).toBeNull();
});

test('a change that records contradict is refused', async () => {
  await overSoap(
    archive({ CustomField: ['Lead.Code__c'] }, { 'objects/Lead.object': leadFields(field('Code__c', text(9))) }),
  );
  org.insert(admin(), 'Lead', [
    { LastName: 'A', Company: 'A', Code__c: 'same-code' },
    { LastName: 'B', Company: 'B', Code__c: 'same-code' },
  ]);
  const deployed = (inner: string) =>
    overSoap(
      archive({ CustomField: ['Lead.Code__c'] }, { 'objects/Lead.object': leadFields(field('Code__c', inner)) }),
    );
  const problems = async (inner: string) => failuresOf(await deployed(inner));
  expect(await problems(text(8))).toMatchObject([{ problem: expect.stringContaining('longest value') }]);
  expect(await problems('<type>Date</type>')).toMatchObject([
    { problem: expect.stringContaining('from string to date') },
  ]);
  expect(await problems(`<length>9</length><type>Text</type><unique>true</unique>`)).toMatchObject([
    { problem: expect.stringContaining('same value') },
  ]);
  expect(await problems(text(40))).toEqual([]);
  expect(org.schema.object('Lead')!.field('Code__c')!.length).toBe(40);
});

test.each([
  ['a path out of the archive', zip([{ name: '../../etc/x', content: '' }]), /leads outside/],
  ['an absolute path', zip([{ name: '/etc/x', content: '' }]), /leads outside/],
  [
    'a file that is larger than it says',
    zip([{ name: 'package.xml', content: 'a'.repeat(1000), size: 10 }]),
    /damaged/,
  ],
  ['files that would be too large', zip([{ name: 'a', content: '', size: 700_000_000 }]), /larger than/],
  ['damaged content', zip([{ name: 'a', content: 'abc', checksum: 1 }]), /damaged/],
  [
    'a file twice',
    zip([
      { name: 'a', content: '' },
      { name: 'a', content: '' },
    ]),
    /twice/,
  ],
  ['no archive', Buffer.from('hello'), /not a zip file/],
  ['half an archive', wineCellar.subarray(300), /not a zip file|damaged/],
])('%s is refused', async (_, content, message) => {
  expect(await overSoap(content)).toMatchObject({ success: false, errorMessage: expect.stringMatching(message) });
});

test('a stored org has what was deployed when it is opened again', () => {
  const source = mkdtempSync(join(tmpdir(), 'source-'));
  const data = join(source, 'org.db');
  const clock = () => Date.parse('2026-11-21T10:00:00Z');
  const first = openOrg({ source, data, clock });
  first.deploy(first.user(usernames.admin)!, wineCellar, { rollbackOnError: true });
  first.insert(first.user(usernames.admin)!, 'Wine__c', [{ Name: 'Syrah', Color__c: 'Red' }]);
  const { keyPrefix } = first.schema.object('Wine__c')!;
  first.close();

  const second = openOrg({ source, data, clock });
  expect(second.schema.object('Wine__c')!.keyPrefix).toBe(keyPrefix);
  expect(second.query(second.user(usernames.admin)!, 'SELECT Name, Color__c FROM Wine__c').records).toMatchObject([
    { Name: 'Syrah', Color__c: 'Red' },
  ]);
  second.close();
});
