import { describe, expect, test } from '@jest/globals';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOrg } from '../src/open.ts';
import { forceApp } from './support/server.ts';
import { fieldFile, sourceFolder } from './support/source.ts';

const clock = () => Date.parse('2026-11-21T10:00:00Z');
const field = (inner: string) => `<CustomField><fullName>X__c</fullName><label>X</label>${inner}</CustomField>`;

describe('what cannot be modeled is refused at load, naming file and thing', () => {
  const lead = 'objects/Lead/fields/X__c.field-meta.xml';
  test.each([
    [
      'a lookup filter',
      lead,
      field('<type>Lookup</type><referenceTo>Account</referenceTo><lookupFilter/>'),
      /X__c\.field-meta\.xml: field X__c: <lookupFilter>/,
    ],
    ['encrypted text', lead, field('<type>EncryptedText</type>'), /field X__c: type EncryptedText is not supported/],
    [
      'a default of another type',
      lead,
      field('<type>Date</type><defaultValue>1 + 1</defaultValue>'),
      /X__c\.field-meta\.xml: field X__c: the default value is of the type number, and the field of the type date/,
    ],
    [
      'a default that looks at a record',
      lead,
      field('<type>Text</type><length>9</length><defaultValue>$User.Alias</defaultValue>'),
      /\$User\.Alias in a default value is not supported/,
    ],
    [
      'a missing value set',
      lead,
      field('<type>Picklist</type><valueSet><valueSetName>V</valueSetName></valueSet>'),
      /value set V was not found/,
    ],
    [
      'a lookup to nothing',
      lead,
      field('<type>Lookup</type><referenceTo>Nope__c</referenceTo>'),
      /Lead\.X__c looks up to Nope__c/,
    ],
    [
      'an unknown standard object',
      'objects/Wine/fields/X__c.field-meta.xml',
      field('<type>Date</type>'),
      /objects\/Wine/,
    ],
    [
      'a duplicate rule',
      'duplicateRules/D.duplicateRule-meta.xml',
      '<DuplicateRule/>',
      /D\.duplicateRule-meta\.xml: duplicate rules/,
    ],
    ['an Apex trigger', 'triggers/T.trigger', 'trigger', /T\.trigger: Apex triggers/],
    ['broken XML', lead, '<CustomField><fullName>', /X__c\.field-meta\.xml: /],
    ['another root', lead, '<Flow/>', /<CustomField> was expected/],
  ])('%s', (_, path, content, message) => {
    expect(() => openOrg({ source: sourceFolder({ [path]: content }), clock })).toThrow(message);
  });

  test('a folder that is not there', () => {
    expect(() => openOrg({ source: '/nowhere', clock })).toThrow('/nowhere is not a folder');
  });
});

test('any source folder will do: its fields, restricted value sets and defaults are kept to', () => {
  const set =
    '<GlobalValueSet><customValue><fullName>Red</fullName><default>true</default><label>Rot</label></customValue></GlobalValueSet>';
  const folder = sourceFolder({
    'globalValueSets/Colors.globalValueSet-meta.xml': set,
    'objects/Wine__c/Wine__c.object-meta.xml':
      '<CustomObject><label>Wine</label><pluralLabel>Wines</pluralLabel><nameField><label>Name</label><type>Text</type></nameField></CustomObject>',
    'objects/Wine__c/fields/Color__c.field-meta.xml':
      '<CustomField><fullName>Color__c</fullName><type>Picklist</type><valueSet><valueSetName>Colors</valueSetName></valueSet></CustomField>',
    'objects/Wine__c/fields/Grapes__c.field-meta.xml':
      '<CustomField><fullName>Grapes__c</fullName><type>MultiselectPicklist</type><valueSet><valueSetDefinition><value><fullName>Merlot</fullName></value><value><fullName>Syrah</fullName></value></valueSetDefinition></valueSet></CustomField>',
    'objects/Wine__c/fields/Bottles__c.field-meta.xml':
      '<CustomField><fullName>Bottles__c</fullName><type>Number</type><precision>3</precision><scale>0</scale><defaultValue>6</defaultValue></CustomField>',
  });
  const org = openOrg({ source: folder, clock });
  const admin = org.user('admin@local-org.example')!;
  org.insert(admin, 'Wine__c', [{ Name: 'A' }, { Name: 'B', Grapes__c: 'Merlot;Syrah' }]);
  expect(org.insert(admin, 'Wine__c', [{ Name: 'C', Color__c: 'Blue' }])).toMatchObject([{ success: false }]);
  const read = (where: string) =>
    org.query(admin, `SELECT Name, Color__c, Bottles__c FROM Wine__c WHERE ${where}`).records;
  expect(read("Grapes__c INCLUDES ('syrah;merlot')")).toMatchObject([{ Name: 'B', Color__c: 'Red', Bottles__c: 6 }]);
  expect(read("Grapes__c EXCLUDES ('Syrah')")).toMatchObject([{ Name: 'A' }]);
});

test('a stored org is the same when it is opened again, with what the source has gained', () => {
  const data = join(mkdtempSync(join(tmpdir(), 'org-')), 'org.db');
  const first = openOrg({ source: sourceFolder({}), data, clock });
  const admin = first.user('admin@local-org.example')!;
  const [saved] = first.insert(admin, 'Lead', [{ LastName: 'Ada', Company: 'Acme' }]);
  first.close();

  const second = openOrg({ source: forceApp, data, clock });
  expect(second.id).toBe(first.id);
  second.update(admin, 'Lead', [{ Id: saved!.id!, Lead_Score__c: 5 }]);
  const [next] = second.insert(admin, 'Lead', [{ LastName: 'Bob', Company: 'Acme' }]);
  expect(next!.id! > saved!.id!).toBe(true);
  const prefix = second.schema.object('Score__c')!.keyPrefix;
  second.close();

  const third = openOrg({ source: forceApp, data, clock });
  expect(third.schema.object('Score__c')!.keyPrefix).toBe(prefix);
  expect(third.query(admin, 'SELECT LastName, Lead_Score__c FROM Lead ORDER BY Id').records).toMatchObject([
    { LastName: 'Ada', Lead_Score__c: 5 },
    { LastName: 'Bob', Lead_Score__c: null },
  ]);
  third.close();
});

test('describe says which values of a picklist its controlling field offers', () => {
  const values = (...names: string[]) =>
    `<valueSetDefinition>${names.map((name) => `<value><fullName>${name}</fullName></value>`).join('')}</valueSetDefinition>`;
  const setting = (value: string, ...by: string[]) =>
    `<valueSettings>${by.map((name) => `<controllingFieldValue>${name}</controllingFieldValue>`).join('')}<valueName>${value}</valueName></valueSettings>`;
  const picklist = (inner: string) => `<type>Picklist</type><valueSet>${inner}</valueSet>`;
  const files = (controller: string) =>
    sourceFolder(
      Object.fromEntries([
        fieldFile('Lead.Region__c', picklist(values('North', 'South', 'East'))),
        fieldFile(
          'Lead.City__c',
          picklist(
            `<controllingField>${controller}</controllingField>${values('Oslo', 'Rome')}${setting('Oslo', 'North', 'East')}${setting('Rome', 'South')}`,
          ),
        ),
      ]),
    );
  const city = openOrg({ source: files('Region__c'), clock })
    .describe('Lead')
    .fields.find(({ name }) => name === 'City__c');
  expect(city).toMatchObject({
    controllerName: 'Region__c',
    dependentPicklist: true,
    picklistValues: [
      { value: 'Oslo', validFor: Buffer.from([0b10100000]).toString('base64') },
      { value: 'Rome', validFor: Buffer.from([0b01000000]).toString('base64') },
    ],
  });
  expect(() => openOrg({ source: files('Nope__c'), clock })).toThrow(
    'Lead.City__c: the controlling field Nope__c is not there',
  );
});
