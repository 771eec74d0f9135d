import { describe, expect, test } from '@jest/globals';
import { openOrg } from '../src/open.ts';
import type { Org } from '../src/org.ts';
import type { Row } from '../src/schema/types.ts';
import { fieldFile, objectFile, sourceFolder } from './support/source.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');

/** An org with these fields: `Lead.X__c` and what its metadata says besides its name. */
function orgWith(fields: Record<string, string>, objects: string[] = []): Org {
  const files = [
    ...objects.map((name) => objectFile(name)),
    ...Object.entries(fields).map((field) => fieldFile(...field)),
  ];
  return openOrg({ source: sourceFolder(Object.fromEntries(files)), clock: () => NOW });
}

const formula = (type: string, source: string, more = '') =>
  `<type>${type}</type><formula>${source.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</formula>${more}`;
const number = '<precision>18</precision><scale>2</scale>';
const admin = (org: Org) => org.user('admin@local-org.example')!;
const records = (org: Org, soql: string) => org.query(admin(org), soql).records;
const add = (org: Org, object: string, row: Row) => {
  const [result] = org.insert(admin(org), object, [row]);
  expect(result).toMatchObject({ success: true });
  return result!.id!;
};

describe('formula fields', () => {
  const lead = {
    FirstName: 'Ada',
    LastName: 'Moss',
    Company: 'Fern',
    City: 'Oslo',
    NumberOfEmployees: 40,
    Rating: 'Hot',
  };
  test.each([
    ['Text', 'LastName & ", " & FirstName', 'Moss, Ada'],
    ['Text', 'IF(ISPICKVAL(Rating, "Hot"), UPPER(LEFT(City, 2)), null)', 'OS'],
    ['Text', "CASE(Rating, 'Hot', 'a', 'Warm', 'b', 'c')", 'a'],
    ['Text', 'Owner:User.Alias', 'admin'],
    ['Text', 'CreatedBy.LastName', 'Admin'],
    ['Text', 'Id', /^00Q\w{12}$/],
    ['Text', 'CASESAFEID(Id)', /^00Q\w{15}$/],
    ['Text', 'Website', null],
    ['Number', 'NumberOfEmployees * 2 / 3', 26.67],
    ['Number', 'AnnualRevenue + 1', 1],
    ['Number', 'MOD(-7, 3) + ROUND(2.5, 0) + MIN(4, MAX(1, 2))', 7],
    ['Number', 'NumberOfEmployees / AnnualRevenue', null],
    ['Number', 'LEN(SUBSTITUTE(Company, "er", "")) + FIND("o", City)', 6],
    ['Date', 'ADDMONTHS(DATE(2026, 1, 31), 1)', '2026-02-28'],
    ['Date', 'TODAY() - 21', '2026-10-31'],
    ['DateTime', 'CreatedDate + 0.5', '2026-11-21T22:00:00.000+0000'],
    ['Number', 'DATEVALUE(CreatedDate) - DATE(2026, 11, 1)', 20],
    ['Checkbox', 'AND(NOT(IsConverted), NumberOfEmployees > 10, City <> "oslo")', true],
    ['Checkbox', 'CONTAINS(Company, "x") || REGEX(Phone, "\\\\d+") /* neither */', false],
  ])('%s: %s', (type, source, expected) => {
    const org = orgWith({ 'Lead.F__c': formula(type, source, type === 'Number' ? number : '') });
    add(org, 'Lead', lead);
    const [record] = records(org, 'SELECT F__c FROM Lead');
    if (expected instanceof RegExp) expect(record!['F__c']).toMatch(expected);
    else expect(record!['F__c']).toBe(expected);
  });

  test('blank numbers are 0, or blank where the field says so; percentages are fractions', () => {
    const org = orgWith({
      'Opportunity.Zero__c': formula('Number', 'Amount + 1', number),
      'Opportunity.Blank__c': formula(
        'Number',
        'Amount + 1',
        `${number}<formulaTreatBlanksAs>BlankAsBlank</formulaTreatBlanksAs>`,
      ),
      'Opportunity.Half__c': formula('Percent', 'Probability / 2', number),
    });
    add(org, 'Opportunity', { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31' });
    expect(records(org, 'SELECT Zero__c, Blank__c, Half__c FROM Opportunity')).toMatchObject([
      { Zero__c: 1, Blank__c: null, Half__c: 5 },
    ]);
  });

  test('queries filter, sort and group by them, also those of parents and those of other formulas', () => {
    const org = orgWith({
      'Account.Size__c': formula('Text', 'IF(NumberOfEmployees > 100, "large", "small")'),
      'Contact.Size__c': formula('Text', 'Account.Size__c & "!"'),
      'Account.Twice__c': formula('Number', 'NumberOfEmployees * 2', number),
    });
    for (const [Name, NumberOfEmployees] of [
      ['Big', 500],
      ['Tiny', 5],
      ['Small', 50],
    ] as const)
      add(org, 'Contact', { LastName: Name, AccountId: add(org, 'Account', { Name, NumberOfEmployees }) });
    const names = (soql: string) => records(org, soql).map((record) => record['Name'] ?? record['LastName']);
    expect(names("SELECT Name FROM Account WHERE Size__c = 'SMALL' ORDER BY Twice__c DESC")).toEqual(['Small', 'Tiny']);
    expect(names("SELECT LastName FROM Contact WHERE Size__c = 'large!'")).toEqual(['Big']);
    expect(names('SELECT LastName FROM Contact WHERE Account.Twice__c > 20 ORDER BY Account.Twice__c')).toEqual([
      'Small',
      'Big',
    ]);
    expect(records(org, 'SELECT Size__c, COUNT(Id) n FROM Account GROUP BY Size__c ORDER BY Size__c')).toMatchObject([
      { Size__c: 'large', n: 1 },
      { Size__c: 'small', n: 2 },
    ]);
    const describe = org.describe('Account').fields.find(({ name }) => name === 'Twice__c');
    expect(describe).toMatchObject({ calculated: true, calculatedFormula: 'NumberOfEmployees * 2', createable: false });
    expect(org.insert(admin(org), 'Account', [{ Name: 'A', Twice__c: 1 }])).toMatchObject([
      { success: false, errors: [{ statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] },
    ]);
  });

  test.each([
    ['an unknown field', 'Text', 'Nope__c', 'F__c.field-meta.xml: field F__c: Field Nope__c does not exist'],
    ['an unknown function', 'Text', 'HYPERLINK("a", "b")', 'the formula function HYPERLINK is not supported'],
    ['a result of another type', 'Number', 'LastName', 'Formula result is data type (text)'],
    ['operands of other types', 'Number', 'LastName * 2', "operator '*'. Expected Number, received Text"],
    ['a picklist as text', 'Text', 'Rating & "!"', "operator '&'. Expected Text, received Picklist"],
    ['a formula that refers to itself', 'Text', 'F__c & "!"', 'it refers to itself'],
    ['an owner of no certain kind', 'Text', 'Owner.Name', 'Owner looks up to User, Group; name one of them'],
    ['what only a save knows', 'Checkbox', 'ISNEW()', 'ISNEW is not available here'],
    ['long text', 'Text', 'Description', 'of a type that formulas cannot use'],
  ])('%s is refused at load', (_, type, source, message) => {
    expect(() => orgWith({ 'Lead.F__c': formula(type, source, type === 'Number' ? number : '') })).toThrow(message);
  });
});

test('a default value can be a formula; what is given stands, null too', () => {
  const org = orgWith({ 'Lead.Due__c': '<type>Date</type><defaultValue>TODAY() + 7</defaultValue>' });
  for (const given of [{}, { Due__c: '2027-01-01' }, { Due__c: null }])
    add(org, 'Lead', { LastName: 'Moss', Company: 'Fern', ...given });
  expect(records(org, 'SELECT Due__c FROM Lead ORDER BY Id').map((record) => record['Due__c'])).toEqual([
    '2026-11-28',
    '2027-01-01',
    null,
  ]);
});

describe('roll-up summaries', () => {
  const master =
    '<type>MasterDetail</type><referenceTo>Order__c</referenceTo><relationshipName>Lines</relationshipName>';
  const rollUp = (operation: string, more = '') =>
    `<type>Summary</type><summaryForeignKey>Line__c.Order__c</summaryForeignKey><summaryOperation>${operation}</summaryOperation>${more}`;
  const price = '<summarizedField>Line__c.Price__c</summarizedField>';
  const filter = (operation: string, value: string) =>
    `<summaryFilterItems><field>Line__c.Kind__c</field><operation>${operation}</operation><value>${value}</value></summaryFilterItems>`;
  const fields = {
    'Line__c.Order__c': master,
    'Line__c.Price__c': '<type>Currency</type><precision>18</precision><scale>2</scale>',
    'Line__c.Kind__c': '<type>Text</type><length>20</length>',
    'Order__c.Lines__c': rollUp('count'),
    'Order__c.Total__c': rollUp('sum', price),
    'Order__c.Least__c': rollUp('min', price),
    'Order__c.Most__c': rollUp('max', price),
    'Order__c.Books__c': rollUp('sum', price + filter('equals', 'Book, Map')),
    'Order__c.Share__c': formula('Percent', 'IF(Total__c = 0, 0, Books__c / Total__c)', number),
  };
  const soql = 'SELECT Lines__c, Total__c, Least__c, Most__c, Books__c, Share__c FROM Order__c';

  test('are always what the details say', () => {
    const org = orgWith(fields, ['Order__c', 'Line__c']);
    const order = add(org, 'Order__c', { Name: 'O' });
    expect(records(org, soql)).toMatchObject([
      { Lines__c: 0, Total__c: 0, Least__c: null, Most__c: null, Books__c: 0, Share__c: 0 },
    ]);
    const [pen] = [
      ['Pen', 1.5],
      ['book', 10],
      ['Map', 8.5],
    ].map(([Kind__c, Price__c]) =>
      add(org, 'Line__c', { Name: 'L', Order__c: order, Kind__c: Kind__c!, Price__c: Price__c! }),
    );
    expect(records(org, soql)).toMatchObject([
      { Lines__c: 3, Total__c: 20, Least__c: 1.5, Most__c: 10, Books__c: 18.5, Share__c: 92.5 },
    ]);
    org.remove(admin(org), [pen!]);
    expect(records(org, soql)).toMatchObject([{ Lines__c: 2, Total__c: 18.5, Least__c: 8.5 }]);
    expect(records(org, `${soql} WHERE Total__c > 18 ORDER BY Most__c`)).toHaveLength(1);
    expect(org.describe('Order__c').fields.find(({ name }) => name === 'Total__c')).toMatchObject({ type: 'currency' });
  });

  test.each([
    [
      'a lookup',
      { 'Line__c.Order__c': master.replace('MasterDetail', 'Lookup') },
      'is not a master-detail field to Order__c',
    ],
    [
      'text to sum',
      { 'Order__c.Total__c': rollUp('sum', '<summarizedField>Line__c.Kind__c</summarizedField>') },
      'sum does not apply to Kind__c',
    ],
    ['an unknown operation', { 'Order__c.Lines__c': rollUp('median') }, 'the summary operation median is not known'],
    [
      'an unknown filter',
      { 'Order__c.Books__c': rollUp('count', filter('sounds', 'x')) },
      'the filter operation sounds',
    ],
  ])('%s is refused at load', (_, changes, message) => {
    expect(() => orgWith({ ...fields, ...changes }, ['Order__c', 'Line__c'])).toThrow(message);
  });
});
