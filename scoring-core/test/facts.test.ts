/** The ways that are fast and not plainly right, beside others that are plainly right and slow. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createFacts } from '../src/facts.ts';
import { createFingerprints } from '../src/fingerprints.ts';
import { compile, parseInstant } from '../src/index.ts';
import type { Condition } from '../src/index.ts';
import * as arbitrary from './arbitraries.ts';
import { holds, toDate } from './plain-condition.ts';

const oneOf = <const Values extends readonly unknown[]>(...values: Values) =>
  fc.constantFrom(...values) as fc.Arbitrary<Values[number]>;

const words = ['x', 'X', 'straße', 'STRASSE', 'İ', 'i̇', 'ÄÖ', 'äö', 'a;b', 'B', 'NaN', '5', 'toString', '*', '😀'];
const dates = [
  ...[
    '2026-03-10',
    '2026-03-10T00:00:00.000+0000',
    '2026-03-10T02:00+02:00',
    '2026-02-30',
    '2026-03-09T23:59:59.9999Z',
  ],
  ...['2026-03-10T00:00:00.000z', '0000-02-29', '2024-02-29T12:00:00Z'],
];
const numbers = [0, -0, 5, 4.99, 5.01, -3, 1e300, 2];
const text = oneOf(...words, ...dates);
const scalar = fc.oneof(text, oneOf(...numbers, true, false));
const odd = fc.oneof(scalar, oneOf(null, undefined, ''), fc.constant({}), fc.array(scalar, { maxLength: 2 }));

const field = oneOf('a', 'b.c', 'toString', 'constructor.name', 'd');
const comparison = fc.oneof(
  fc.record({ op: oneOf('eq', 'ne'), value: fc.oneof(scalar, fc.constant(null)) }),
  fc.record({ op: oneOf('lt', 'lte', 'gt', 'gte'), value: fc.oneof(text, oneOf(...numbers)) }),
  fc.record({ op: oneOf('in', 'notIn'), value: fc.array(scalar, { maxLength: 4 }) }),
  fc.record({
    op: oneOf('contains', 'notContains', 'startsWith', 'endsWith', 'like'),
    value: oneOf('', 's', 'SS', '*ß?', '?', 'İ*', '2026*', 'ä'),
  }),
  fc.record({ op: oneOf('blank', 'notBlank') }),
  fc.record({ op: oneOf('includes', 'excludes'), value: fc.array(oneOf('A', 'b', 'x'), { maxLength: 3 }) }),
);
const leaf = fc.tuple(field, comparison).map(([path, test]) => ({ field: path, ...test })) as fc.Arbitrary<Condition>;
const related = fc
  .record({
    related: oneOf('Rows', 'b.Rows'),
    aggregate: oneOf('count', 'count', 'sum', 'min', 'max'),
    where: fc.option(leaf, { nil: undefined }),
    field: oneOf('a', 'd'),
    plain: fc.boolean(),
    test: comparison,
  })
  .map(({ plain, test, where, field, ...rest }) => ({
    ...rest,
    ...test,
    ...(where && { where }),
    ...(!(plain && rest.aggregate === 'count') && { field }),
  })) as fc.Arbitrary<Condition>;
const condition = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: fc.oneof(leaf, leaf, related), weight: 3 },
    { arbitrary: fc.array(tie('tree'), { maxLength: 3 }).map((all) => ({ all })), weight: 1 },
    { arbitrary: fc.array(tie('tree'), { maxLength: 3 }).map((any) => ({ any })), weight: 1 },
    { arbitrary: tie('tree').map((not) => ({ not })), weight: 1 },
  ),
})).tree;

const rows = fc.array(fc.oneof(fc.record({ a: odd, d: odd }, { requiredKeys: [] }), oneOf(null, 5)), { maxLength: 4 });
const lists = fc.oneof(
  rows,
  rows.map((records) => ({ records })),
  oneOf(null, 'none'),
);
const subject = fc.record(
  { a: odd, d: odd, b: fc.oneof(fc.record({ c: odd, Rows: lists }, { requiredKeys: [] }), odd), Rows: lists },
  { requiredKeys: [] },
);

test('facts hold where their conditions do, each on its own', () => {
  const many = fc.array(condition, { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(many, fc.array(subject, { minLength: 1, maxLength: 12 }), (conditions, subjects) => {
      const facts = createFacts();
      const taken = conditions.map((each, owner) => ({ each, owner, fact: facts.add(each, owner) }));
      for (const given of [...subjects, ...subjects]) {
        const expected = taken.filter(({ each, fact }) => fact && holds(each, given)).map(({ owner }) => owner);
        facts.see(given);
        const found: number[] = [];
        const count = facts.list(found);
        expect(found.slice(0, count)).toEqual(expected);
        expect(taken.filter(({ fact }) => fact && facts.holds(fact)).map(({ owner }) => owner)).toEqual(expected);
      }
    }),
    { numRuns: 300 },
  );
});

test('conditions that cannot be written out hold no less', () => {
  const any = (name: string) => ({
    any: ['p', 'q', 'r', 's'].map((value) => ({ field: name, op: 'eq' as const, value })),
  });
  const when = { all: ['a', 'b', 'c'].map(any) };
  expect(createFacts().add(when)).toBeUndefined();
  const rule = { key: 'r', name: 'R', kind: 'attribute' as const, points: 1, when };
  const { evaluate } = compile({ schema: 1, key: 'm', name: 'M', object: 'Lead', rules: [rule] });
  const at = arbitrary.AT;
  expect(evaluate({ record: { a: 'p', b: 'S', c: 'q' }, engagements: [], at }).score).toBe(1);
  expect(evaluate({ record: { a: 'p', b: 'x', c: 'q' }, engagements: [], at }).score).toBe(0);
});

test('a value counts the same however many there were before', () => {
  const facts = createFacts();
  const fact = facts.add({ field: 'a', op: 'endsWith', value: '7' })!;
  for (let value = 0; value < 3000; value++) {
    facts.see({ a: `${value % 1500}` });
    expect([value, facts.holds(fact)]).toEqual([value, value % 10 === 7]);
  }
});

test('one scorer for many records is as good as one for each', () => {
  const { model, record, engagements, previous } = arbitrary;
  const scenes = fc.array(fc.record({ record, engagements, previous }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(model, scenes, (given, inputs) => {
      const scorer = compile(given);
      for (const input of inputs) {
        const scene = { ...input, at: arbitrary.AT };
        expect(scorer.evaluate(scene)).toStrictEqual(compile(given).evaluate(scene));
      }
    }),
  );
});

test('dates are read as the host reads them, and nothing else is', () => {
  const character = fc.nat(18).map((place) => '0123456789:-TZz.+ é'.charAt(place));
  const usual = fc
    .date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString());
  const written = fc
    .tuple(usual, oneOf(24, 19, 16, 10, 23), oneOf('', 'Z', '+05:30', '-0800', '+24:00'))
    .map(([iso, length, end]) => `${iso.slice(0, length)}${end}`);
  const spoiled = fc.tuple(written, fc.nat(), character).map(([iso, place, unit]) => {
    const at = place % iso.length;
    return iso.slice(0, at) + unit + iso.slice(at + 1);
  });
  fc.assert(
    fc.property(fc.oneof(usual, written, spoiled), (given) => {
      expect([given, parseInstant(given)]).toEqual([given, toDate(given)]);
    }),
    { numRuns: 5000 },
  );
});

test('a text that comes again is always noticed', () => {
  const texts = fc.array(
    fc.oneof(
      fc.string(),
      fc.nat(300).map((n) => `id-${n}`),
    ),
    { maxLength: 300 },
  );
  const fingerprints = createFingerprints();
  fc.assert(
    fc.property(texts, (given) => {
      fingerprints.begin(given.length);
      const seen = new Set<string>();
      for (const each of given) {
        const isNew = seen.size < seen.add(each).size;
        if (!isNew) expect(fingerprints.mayRepeat(each)).toBe(true);
        else if (fingerprints.mayRepeat(each)) return; // taken for one that came before: the slow way is to find out
      }
    }),
  );
  fingerprints.begin(4000);
  expect(Array.from({ length: 4000 }, (_, n) => fingerprints.mayRepeat(`e${n}`)).filter(Boolean)).toEqual([]);
});
