import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { quoted, selectIn, selectWhere } from '../../src/salesforce/soql.ts';

const lead = { object: 'Lead', fields: ['Id', 'Account.Industry'] };

/** Reads a SOQL literal as Salesforce does; what follows the closing quote is what an attacker would run. */
function literal(text: string): { value: string; rest: string } {
  expect(text[0]).toBe("'");
  let value = '';
  for (let at = 1; at < text.length; at += 1) {
    if (text[at] === "'") return { value, rest: text.slice(at + 1) };
    if (text[at] !== '\\') value += text[at]!;
    else {
      at += 1;
      value += { n: '\n', r: '\r', t: '\t' }[text[at]!] ?? text[at]!;
    }
  }
  throw new Error('the literal does not end');
}

describe('SOQL', () => {
  test.each(["' OR Name LIKE '%", "\\' OR Id != null --", "\\\\'", 'a\nb', "o'hara@x.com", '\\'])(
    '%j stays a value',
    (value) => {
      expect(literal(quoted(value))).toEqual({ value, rest: '' });
    },
  );

  test('any value stays a value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(literal(quoted(value))).toEqual({ value: value.replaceAll('\0', ''), rest: '' });
      }),
    );
  });

  test.each(['Name FROM User--', 'a b', 'x;', "a'b", '1a', ''])('%j is no name', (name) => {
    expect(() => selectWhere({ object: 'Lead', fields: [name] }, { Id: 'x' })).toThrow('no API name');
    expect(() => selectWhere({ object: name, fields: ['Id'] }, { Id: 'x' })).toThrow('no API name');
    expect(() => selectIn(lead, { in: { field: name, values: ['x'] } })).toThrow('no API name');
  });

  test('parents, children and conditions', () => {
    const children = [{ object: 'Tasks', fields: ['Status'] }];
    expect(
      selectIn({ ...lead, children }, { in: { field: 'Id', values: ['1', '2', '1'] }, and: { IsConverted: false } }),
    ).toEqual([
      "SELECT Id, Account.Industry, (SELECT Status FROM Tasks) FROM Lead WHERE Id IN ('1','2') AND IsConverted = false",
    ]);
    expect(selectIn(lead, { in: { field: 'Id', values: [] } })).toEqual([]);
  });

  test('as many queries as URLs take, with every value in one of them', () => {
    const values = Array.from({ length: 900 }, (_, index) => `person.${index}+tag@example.com`);
    const queries = selectIn(lead, { in: { field: 'Email', values } });
    expect(queries.length).toBeGreaterThan(1);
    for (const query of queries) expect(encodeURIComponent(query).length).toBeLessThan(16_000);
    expect(queries.flatMap((query) => [...query.matchAll(/'(.*?)'/g)].map(([, value]) => value))).toEqual(values);
  });
});
