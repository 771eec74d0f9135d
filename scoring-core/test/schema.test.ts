/** Refusals: each with its place and a sentence, and all at once. */
import { describe, expect, test } from '@jest/globals';
import { parseModel } from '../src/index.ts';
import type { Problem } from '../src/index.ts';

type Json = Record<string, unknown>;

const model = (parts: Json = {}): Json => ({ schema: 1, key: 'm', name: 'M', object: 'Lead', rules: [], ...parts });
const attribute = (parts: Json = {}): Json => ({
  ...{ key: 'a', name: 'A', kind: 'attribute', points: 1, when: { all: [] } },
  ...parts,
});
const engagement = (parts: Json = {}): Json => ({
  ...{ key: 'e', name: 'E', kind: 'engagement', points: 1, types: ['*'] },
  ...parts,
});
const inactivity = (parts: Json = {}): Json => ({ ...engagement({ kind: 'inactivity', after: 'P1D' }), ...parts });
const when = (condition: unknown): Json => model({ rules: [attribute({ when: condition })] });
const field = (op: string, value?: unknown): Json => when({ field: 'F', op, ...(value !== undefined && { value }) });
const rule = (parts: Json): Json => model({ rules: [parts] });
const nots = (levels: number): unknown => (levels === 0 ? { field: 'F', op: 'blank' } : { not: nots(levels - 1) });
const ladder = (...mins: (number | undefined)[]) =>
  mins.map((min, i) => ({ label: `L${i}`, ...(min !== undefined && { min }) }));
const graded = (steps: unknown): Json =>
  model({ categories: [{ key: 'c', name: 'C' }], grades: [{ category: 'c', steps }] });

function problemsOf(input: unknown): Problem[] {
  const parsed = parseModel(input);
  return parsed.ok ? [] : parsed.problems;
}

describe('what is refused', () => {
  const refusals: [string, unknown, string, RegExp][] = [
    ['no object', 'text', '', /^Expected an object, but found "text"\.$/],
    ['a list', [1], '', /^Expected an object, but found a list of 1\.$/],
    ['an unknown version', model({ schema: 2 }), '/schema', /the number 1.*found 2/],
    [
      'a missing name',
      model({ name: undefined }),
      '/name',
      /^This is missing; expected a text of 1 to 255 characters\.$/,
    ],
    [
      'a name of 256 characters',
      model({ name: 'x'.repeat(256) }),
      '/name',
      /1 to 255 characters, but found "x{60}\.\.\."\.$/,
    ],
    ['a key with capitals', model({ key: 'Model' }), '/key', /lower-case letters.*found "Model"/],
    ['a key of 41 characters', model({ key: 'a'.repeat(41) }), '/key', /up to 40/],
    ['an object that is no API name', model({ object: 'My Object' }), '/object', /API name of an object/],
    [
      'an unknown property',
      model({ colour: 1 }),
      '/colour',
      /^"colour" is not known here; expected one of the properties schema, key,/,
    ],
    ['an unknown property with a slash and a tilde', model({ 'a/b~': 1 }), '/a~1b~0', /"a\/b~" is not known/],
    ['a prototype', JSON.parse(JSON.stringify(model()).replace('{', '{"__proto__":{},')), '/__proto__', /not known/],
    ['three decimals', model({ decimals: 3 }), '/decimals', /0, 1 or 2/],
    ['a weight above 1', model({ verdictWeights: { human: 1.1 } }), '/verdictWeights/human', /from 0 to 1.*found 1\.1/],
    [
      'an unknown verdict',
      model({ verdictWeights: { robot: 1 } }),
      '/verdictWeights/robot',
      /human, unknown, suspect, machine/,
    ],
    ['a range upside down', model({ range: { min: 5, max: 4 } }), '/range/min', /5 lies above the max 4/],
    ['a range finer than the score', model({ range: { max: 0.5 } }), '/range/max', /at most 0/],
    [
      'a cap finer than the score',
      model({ decimals: 1, gates: [{ key: 'g', name: 'G', when: { all: [] }, cap: 0.25 }] }),
      '/gates/0/cap',
      /at most 1/,
    ],
    [
      '501 rules',
      model({ rules: Array.from({ length: 501 }, (_, i) => attribute({ key: `r${i}` })) }),
      '/rules',
      /at most 500 rules, but found a list of 501/,
    ],
    [
      '51 categories',
      model({ categories: Array.from({ length: 51 }, (_, i) => ({ key: `c${i}`, name: 'C' })) }),
      '/categories',
      /at most 50/,
    ],
    [
      '3 grades',
      model({
        categories: [{ key: 'c', name: 'C' }],
        grades: Array(3).fill({ category: 'c', steps: ladder(undefined) }),
      }),
      '/grades',
      /at most 2/,
    ],
    ['a rule that is no object', rule(5 as never), '/rules/0', /^Expected an object, but found 5\.$/],
    [
      'an unknown kind',
      rule(attribute({ kind: 'magic' })),
      '/rules/0/kind',
      /attribute, engagement, frequency, inactivity, but found "magic"/,
    ],
    ['no kind', rule({ key: 'a' }), '/rules/0/kind', /^This is missing; expected one of attribute/],
    ['points of 0', rule(attribute({ points: 0 })), '/rules/0/points', /other than 0/],
    [
      'points in thousandths',
      rule(attribute({ points: 0.005 })),
      '/rules/0/points',
      /at most two decimals, but found 0\.005/,
    ],
    ['points beyond 10,000', rule(attribute({ points: -10_000.01 })), '/rules/0/points', /±10,000/],
    ['points as text', rule(attribute({ points: '5' })), '/rules/0/points', /found "5"/],
    ['a max of 0', rule(attribute({ max: 0 })), '/rules/0/max', /above 0/],
    ['enabled as text', rule(attribute({ enabled: 'yes' })), '/rules/0/enabled', /true or false/],
    ['a null where nothing is meant', rule(attribute({ max: null })), '/rules/0/max', /found null/],
    [
      'a category that is not there',
      rule(attribute({ category: 'fit' })),
      '/rules/0/category',
      /no category with the key "fit"/,
    ],
    ['expires without once', rule(attribute({ expires: 'P1D' })), '/rules/0/expires', /"hold": "once"/],
    ['expires with while', rule(attribute({ hold: 'while', expires: 'P1D' })), '/rules/0/expires', /"hold": "once"/],
    ['a pattern with a star in it', rule(engagement({ types: ['email*'] })), '/rules/0/types/0', /email\.\*/],
    ['an award of no kind', rule(engagement({ award: 'last' })), '/rules/0/award', /"each", "first"/],
    [
      'a limit of none',
      rule(engagement({ limit: { count: 0, within: 'P1D' } })),
      '/rules/0/limit/count',
      /whole number from 1/,
    ],
    [
      'a limit over calendar months',
      rule(engagement({ limit: { count: 1, within: 'P1M' } })),
      '/rules/0/limit/within',
      /without years and months/,
    ],
    [
      'a decay by the minute',
      rule(engagement({ decay: { kind: 'linear', over: 'P1D', step: 'PT59M' } })),
      '/rules/0/decay/step',
      /at least PT1H/,
    ],
    [
      'steps by the minute',
      rule(engagement({ decay: { kind: 'steps', keep: 0.5, every: 'PT1M' } })),
      '/rules/0/decay/every',
      /at least PT1H/,
    ],
    [
      'a decay that grows',
      rule(engagement({ decay: { kind: 'steps', keep: 1.5, every: 'P1D' } })),
      '/rules/0/decay/keep',
      /from 0 to 1/,
    ],
    [
      'an unknown decay',
      rule(engagement({ decay: { kind: 'cubic' } })),
      '/rules/0/decay/kind',
      /exponential, linear, steps/,
    ],
    [
      'a frequency of one',
      rule(engagement({ kind: 'frequency', count: 1, within: 'P1D' })),
      '/rules/0/count',
      /from 2/,
    ],
    ['growth without max', rule(inactivity({ every: 'P1D' })), '/rules/0/max', /every needs max/],
    ['growth by the minute', rule(inactivity({ every: 'PT1M', max: 5 })), '/rules/0/every', /at least PT1H/],
    ['a condition of no form', when({}), '/rules/0/when', /all, any, not, field or related/],
    ['a condition of two forms', when({ all: [], field: 'F' }), '/rules/0/when/field', /not known here/],
    ['an unknown operator', field('equals', 1), '/rules/0/when/op', /one of eq, ne, .* but found "equals"/],
    ['a path with a gap', when({ field: 'A..B', op: 'blank' }), '/rules/0/when/field', /API names joined by dots/],
    ['eq with empty text', field('eq', ''), '/rules/0/when/value', /use blank/],
    ['eq with a list', field('eq', []), '/rules/0/when/value', /found a list of 0/],
    ['eq without a value', field('eq'), '/rules/0/when/value', /^This is missing/],
    ['blank with a value', field('blank', 1), '/rules/0/when/value', /not known here/],
    ['lt with true', field('lt', true), '/rules/0/when/value', /a number or an ISO date/],
    ['in with one text', field('in', 'a'), '/rules/0/when/value', /a list/],
    ['in with empty text', field('in', ['a', '']), '/rules/0/when/value/1', /use blank/],
    ['1,001 values', field('in', Array(1001).fill(1)), '/rules/0/when/value', /at most 1000/],
    ['contains with a number', field('contains', 5), '/rules/0/when/value', /a text/],
    ['includes with numbers', field('includes', [5]), '/rules/0/when/value/0', /a text/],
    ['withinLast with months', field('withinLast', 'P1M'), '/rules/0/when/value', /without years and months/],
    [
      'a sum of nothing',
      when({ related: 'R', aggregate: 'sum', op: 'gt', value: 1 }),
      '/rules/0/when/field',
      /sum needs the path/,
    ],
    [
      'an unknown aggregate',
      when({ related: 'R', aggregate: 'avg', field: 'A', op: 'gt', value: 1 }),
      '/rules/0/when/aggregate',
      /count, sum, min, max/,
    ],
    [
      'a bad where in related rows',
      when({ not: { any: [{ related: 'R', aggregate: 'count', where: { x: 1 }, op: 'gt', value: 1 }] } }),
      '/rules/0/when/not/any/0/where',
      /a condition/,
    ],
    ['conditions nested 9 deep', when(nots(8)), `/rules/0/when${'/not'.repeat(8)}`, /8 deep/],
    ['a document nested beyond reason', when(nots(5000)), '', /nested too deeply/],
    [
      'a document too long',
      when({ field: 'F', op: 'in', value: Array(600).fill('x'.repeat(250)) }),
      '',
      /at most 131072/,
    ],
    [
      'two rules of one key',
      model({ rules: [attribute(), engagement(), engagement({ key: 'a' })] }),
      '/rules/2/key',
      /"a" is used above already/,
    ],
    [
      'two ratings alike',
      model({
        thresholds: [
          { rating: 'A', min: 1 },
          { rating: 'A', min: 2 },
        ],
      }),
      '/thresholds/1/rating',
      /used above already/,
    ],
    [
      'thresholds that do not rise',
      model({
        thresholds: [
          { rating: 'A', min: 2 },
          { rating: 'B', min: 2 },
        ],
      }),
      '/thresholds/1/min',
      /above 2, but found 2/,
    ],
    [
      'leaving above entering',
      model({ thresholds: [{ rating: 'A', min: 2, leaveBelow: 3 }] }),
      '/thresholds/0/leaveBelow',
      /at most the min 2/,
    ],
    [
      "a gate with a threshold's rating",
      model({
        thresholds: [{ rating: 'A', min: 2 }],
        gates: [{ key: 'g', name: 'G', when: { all: [] }, cap: 0, rating: 'A' }],
      }),
      '/gates/0/rating',
      /rating of a threshold/,
    ],
    [
      'a grade of no category',
      model({ grades: [{ category: 'c', steps: ladder(undefined) }] }),
      '/grades/0/category',
      /no category/,
    ],
    ['a grade without steps', graded([]), '/grades/0/steps', /empty/],
    ['a last step with a min', graded(ladder(5, 1)), '/grades/0/steps/1/min', /expected no min/],
    ['a step without a min', graded(ladder(undefined, undefined)), '/grades/0/steps/0/min', /missing/],
    ['steps that do not fall', graded(ladder(5, 5, undefined)), '/grades/0/steps/1/min', /below 5, but found 5/],
  ];

  test.each(refusals)('%s', (_, input, path, message) => {
    expect(problemsOf(input)).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  const durations = [
    '',
    'P',
    'PT',
    'P1DT',
    'P0D',
    'P1Y0M',
    'P1.5D',
    'PT1S',
    '1D',
    'P1D2W',
    'P1DT1M1H',
    'p1d',
    'P-1D',
    ' P1D',
    'P1D\n',
    5,
    null,
  ];
  test.each(durations)('%j as a duration', (expires) => {
    expect(problemsOf(rule(engagement({ expires })))).toEqual([
      {
        path: '/rules/0/expires',
        message: expect.stringMatching(/^Expected a duration such as P30D, P3M or PT12H, but found/),
      },
    ]);
  });

  test('everything at once, each at its place', () => {
    const broken = model({
      key: '',
      rules: [
        attribute({ points: 0, category: 'none' }),
        { kind: 'x' },
        engagement({ key: 'a', types: 'all', extra: 1 }),
      ],
      categories: [{ key: 'c', name: 'C', min: 2, max: 1 }],
      thresholds: [{ rating: 'A' }, { rating: 'A', min: 1 }],
    });
    expect(
      problemsOf(broken)
        .map(({ path }) => path)
        .sort(),
    ).toEqual([
      '/categories/0/min',
      '/key',
      '/rules/0/category',
      '/rules/0/points',
      '/rules/1/kind',
      '/rules/2/extra',
      '/rules/2/key',
      '/rules/2/types',
      '/thresholds/0/min',
      '/thresholds/1/rating',
    ]);
  });
});

describe('what is accepted', () => {
  const accepted: [string, Json][] = [
    ['the least', model()],
    ['numbers at their ends', rule(attribute({ points: -10_000, max: 0.01 }))],
    ['hundredths that doubles cannot hold', rule(attribute({ points: 8.29 }))],
    ['conditions nested 8 deep', when(nots(7))],
    ['1,000 values', field('in', Array(1000).fill(1))],
    ['any number as a value', field('gt', 1.23456e20)],
    ['null as a value', field('eq', null)],
    ['an hour between steps', rule(engagement({ decay: { kind: 'linear', over: 'PT1M', step: 'PT60M' } }))],
    ['every part of a duration', rule(engagement({ expires: 'P1Y2M3W4DT5H6M' }))],
    ['a key of 40 characters', model({ key: 'a'.repeat(40) })],
  ];
  test.each(accepted)('%s', (_, input) => {
    expect(parseModel(input)).toStrictEqual({ ok: true, model: input });
  });
});
