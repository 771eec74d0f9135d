import { expect, test } from '@jest/globals';
import { openOrg } from '../src/open.ts';
import type { Org } from '../src/org.ts';
import type { Row } from '../src/schema/types.ts';
import { createServer } from '../src/server.ts';
import { fieldFile, sourceFolder } from './support/source.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** An org whose Leads have these rules: name, formula, and what the metadata says besides. */
const orgWith = (...rules: [name: string, formula: string, more?: string][]): Org =>
  openOrg({
    clock: () => NOW,
    source: sourceFolder(
      Object.fromEntries([
        fieldFile('Lead.Upper__c', '<type>Text</type><formula>UPPER(City)</formula>'),
        ...rules.map(([name, formula, more = '']): [string, string] => [
          `objects/Lead/validationRules/${name}.validationRule-meta.xml`,
          `<ValidationRule><fullName>${name}</fullName><active>true</active><errorConditionFormula>${escape(formula)}</errorConditionFormula>${more}<errorMessage>${name}!</errorMessage></ValidationRule>`,
        ]),
      ]),
    ),
  });

const admin = (org: Org) => org.user('admin@local-org.example')!;
const insert = (org: Org, row: Row = {}) =>
  org.insert(admin(org), 'Lead', [{ LastName: 'Moss', Company: 'Fern', ...row }])[0]!;
const broken = (message: string, ...fields: string[]) => ({
  statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
  message,
  fields,
});

test.each([
  ['a blank field', 'ISBLANK(City)', {}, { City: 'Oslo' }],
  ['a blank number', 'ISBLANK(AnnualRevenue)', {}, { AnnualRevenue: 0 }],
  ['a picklist', 'ISPICKVAL(Rating, "Cold")', { Rating: 'Cold' }, { Rating: 'Hot' }],
  ['text by pattern', 'NOT(REGEX(PostalCode, "[0-9]{4}"))', { PostalCode: '12' }, { PostalCode: '0150' }],
  ['a formula of the record as it will be', 'Upper__c = "OSLO"', { City: 'Oslo' }, { City: 'Bergen' }],
  ['a computed field', 'Name = "Ada Moss"', { FirstName: 'Ada' }, { FirstName: 'Bea' }],
  ['the owner', 'Owner:User.Alias <> "admin"', { OwnerId: '005000000000002AAA' }, {}],
  ['the user', 'AND($User.Alias = "admin", DoNotCall)', { DoNotCall: true }, {}],
])('%s', (_, formula, wrong, right) => {
  const org = orgWith(['Rule', formula]);
  expect(insert(org, wrong)).toMatchObject({ success: false, errors: [broken('Rule!')] });
  expect(insert(org, right)).toMatchObject({ success: true });
});

test('a rule can ask what changes; the message stands at its field; every broken rule is told', () => {
  const org = orgWith(
    ['Fixed', 'AND(ISCHANGED(City), PRIORVALUE(City) = "Oslo")', '<errorDisplayField>City</errorDisplayField>'],
    ['Grows', 'AND(NOT(ISNEW()), NumberOfEmployees < PRIORVALUE(NumberOfEmployees))'],
  );
  const Id = insert(org, { City: 'Oslo', NumberOfEmployees: 5 }).id!;
  const update = (row: Row) => org.update(admin(org), 'Lead', [{ Id, ...row }])[0]!.errors;
  expect(update({ City: 'Bergen', NumberOfEmployees: 4 })).toEqual([broken('Fixed!', 'City'), broken('Grows!')]);
  expect(update({ City: 'Oslo', NumberOfEmployees: 6 })).toEqual([]);
  expect(org.query(admin(org), 'SELECT City, NumberOfEmployees FROM Lead').records).toMatchObject([
    { City: 'Oslo', NumberOfEmployees: 6 },
  ]);
});

test('REST tells of every broken rule', async () => {
  const org = orgWith(
    ['City', 'ISBLANK(City)'],
    ['Phone', 'ISBLANK(Phone)', '<errorDisplayField>Phone</errorDisplayField>'],
  );
  const server = createServer(org);
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const response = await fetch(`${url}/services/data/v66.0/sobjects/Lead`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.sessions.start(admin(org))}`, 'content-type': 'application/json' },
    body: JSON.stringify({ LastName: 'Moss', Company: 'Fern' }),
  });
  expect([response.status, await response.json()]).toEqual([
    400,
    [
      { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'City!' },
      { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Phone!', fields: ['Phone'] },
    ],
  ]);
  await server.close();
});

test('a rule keeps a Lead from being converted, and nothing of the conversion stays', () => {
  const org = orgWith(['Needs_City', 'AND(IsConverted, ISBLANK(City))']);
  const leadId = insert(org).id!;
  const conversion = {
    leadId,
    convertedStatus: 'Closed - Converted',
    doNotCreateOpportunity: false,
    overwriteLeadSource: false,
  };
  expect(org.convertLeads(admin(org), [conversion])).toMatchObject([
    { success: false, errors: [broken('Needs_City!')] },
  ]);
  expect(org.query(admin(org), 'SELECT Id FROM Account').totalSize).toBe(0);
});

test('a rule that cannot be evaluated refuses the record', () => {
  const org = orgWith(['Ratio', 'AnnualRevenue / NumberOfEmployees > 10']);
  expect(insert(org, { AnnualRevenue: 1, NumberOfEmployees: 0 })).toMatchObject({
    success: false,
    errors: [
      {
        statusCode: 'FORMULA_EXPRESSION_INVALID',
        message: 'The formula in the "Ratio" validation rule is invalid: division by zero',
      },
    ],
  });
});

test('inactive rules do nothing', () => {
  const rule = '<ValidationRule><fullName>Off</fullName><active>false</active></ValidationRule>';
  const source = sourceFolder({ 'objects/Lead/validationRules/Off.validationRule-meta.xml': rule });
  expect(insert(openOrg({ source, clock: () => NOW }))).toMatchObject({ success: true });
});

test.each([
  ['text', 'City', 'Formula result is data type (text), incompatible with expected data type (true or false)'],
  [
    'an unknown field',
    'ISBLANK(Nope__c)',
    'Rule.validationRule-meta.xml: validation rule Rule: Field Nope__c does not',
  ],
  ['an unknown global', '$Setup.X__c.Y__c', '$Setup.X__c.Y__c is not supported by the local org'],
  ['an unknown function', 'VLOOKUP(City, City, City)', 'the formula function VLOOKUP is not supported'],
])('%s is refused at load', (_, formula, message) => {
  expect(() => orgWith(['Rule', formula])).toThrow(message);
});
