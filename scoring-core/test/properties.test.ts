/** What must hold of every model, record and engagement there is. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compile, evaluate, parseModel } from '../src/index.ts';
import type { EvaluateInput, Model, Result } from '../src/index.ts';
import * as arbitrary from './arbitraries.ts';

const DAY = 86_400_000;
const HORIZON = 1096 * DAY;
const start = Date.parse(arbitrary.AT);

const { model, record, engagements, previous } = arbitrary;
const scene = fc.record({ model, record, engagements, previous });
type Scene = { model: Model } & Pick<EvaluateInput, 'record' | 'engagements' | 'previous'>;

const score = ({ model, record, engagements, previous }: Scene, at = arbitrary.AT) =>
  evaluate(model, record, engagements, previous, at);

/** What is compared when the next change is looked for. */
const visible = ({ score, rating, grade, earned }: Result) => ({ score, rating, grade, earned });

/** What the scene comes to later, `result` being the last that was known. */
const later = (given: Scene, result: Result, instant: number) =>
  visible(score({ ...given, previous: result }, new Date(instant).toISOString()));

const hundredths = (points: number) => Math.round(points * 100);

test('models that are generated are accepted, and are the same after a round trip through JSON', () => {
  fc.assert(
    fc.property(model, (given) => {
      expect(parseModel(given)).toStrictEqual({ ok: true, model: given });
      expect(parseModel(JSON.parse(JSON.stringify(given)))).toStrictEqual({ ok: true, model: given });
    }),
  );
});

test('neither the order of engagements nor their repetition matters', () => {
  const shuffled = scene.chain((given) =>
    fc.tuple(
      fc.constant(given),
      fc.shuffledSubarray(given.engagements, { minLength: given.engagements.length }),
      fc.subarray(given.engagements),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([given, reordered, repeated]) => {
      expect(score({ ...given, engagements: [...reordered, ...repeated] })).toStrictEqual(score(given));
    }),
  );
});

test('nothing that is handed in is changed, and a scorer keeps nothing', () => {
  fc.assert(
    fc.property(scene, scene, (given, other) => {
      const before = structuredClone(given);
      const scorer = compile(given.model);
      const first = scorer.evaluate({ ...given, at: arbitrary.AT });
      scorer.evaluate({ ...other, at: arbitrary.AT });
      expect(scorer.evaluate({ ...given, at: arbitrary.AT })).toStrictEqual(first);
      expect(given).toEqual(before);
    }),
  );
});

test('contributions add up to categories, and within their limits to the score', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const { categories: limits = [], rules } = given.model;
      const result = score(given);
      const sumOf = (category: string | undefined) =>
        result.contributions
          .filter(({ rule }) => rules.find(({ key }) => key === rule)?.category === category)
          .reduce((sum, { points }) => sum + hundredths(points), 0);
      for (const { key, min = -Infinity, max = Infinity } of limits) {
        expect(hundredths(result.categories[key]!)).toBe(
          Math.max(hundredths(min), Math.min(hundredths(max), sumOf(key))),
        );
      }
      for (const { rule, points } of result.contributions) {
        expect(Math.abs(points)).toBeLessThanOrEqual(rules.find(({ key }) => key === rule)?.max ?? Infinity);
      }
      if (!given.model.range && result.failedGates.length === 0) {
        const total = Object.values(result.categories).reduce(
          (sum, points) => sum + hundredths(points),
          sumOf(undefined),
        );
        expect(Math.abs(hundredths(result.score) - total)).toBeLessThanOrEqual(50 / 10 ** (given.model.decimals ?? 0));
      }
    }),
  );
});

test('the result handed back at the same instant gives the same result', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const result = score(given);
      expect(score({ ...given, previous: result })).toStrictEqual(result);
    }),
  );
});

describe('nextChangeAt', () => {
  test('is when something changes, and a millisecond before nothing has', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const result = score(given);
        if (result.nextChangeAt === null) return;
        const next = Date.parse(result.nextChangeAt);
        expect(next).toBeGreaterThan(start);
        expect(next).toBeLessThanOrEqual(start + HORIZON);
        expect(later(given, result, next)).not.toEqual(visible(result));
        expect(later(given, result, next - 1)).toEqual(visible(result));
      }),
      { numRuns: 500 },
    );
  });

  test('is the first: at no date, span or step before it has anything changed', () => {
    const sampled = fc.tuple(scene, fc.array(fc.nat(), { minLength: 40, maxLength: 40 }));
    fc.assert(
      fc.property(sampled, ([given, picks]) => {
        const result = score(given);
        const end = result.nextChangeAt === null ? start + HORIZON : Date.parse(result.nextChangeAt) - 1;
        const candidates = candidatesOf(given).filter((instant) => instant > start && instant <= end);
        const nearest = candidates.slice(0, 20);
        const others = candidates.length === 0 ? [] : picks.map((pick) => candidates[pick % candidates.length]!);
        for (const instant of [...nearest, ...others, end]) {
          expect(later(given, result, instant)).toEqual(visible(result));
        }
      }),
      { numRuns: 300 },
    );
  });

  /** Every date that is handed in, and what lies whole spans of the model away from it. */
  function candidatesOf({ model, record, engagements, previous }: Scene): number[] {
    const dates = JSON.stringify([record, engagements, previous]).match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? [];
    const spans = arbitrary.spansOf(JSON.stringify(model)).concat(DAY);
    const instants = dates
      .map((date) => Date.parse(date))
      .flatMap((date) => [
        date,
        ...spans.flatMap((span) => Array.from({ length: 60 }, (_, steps) => date + (steps - 1) * span)),
      ]);
    return [...new Set(instants)].sort((a, b) => a - b);
  }
});

describe('nothing throws past validation', () => {
  const json = fc.jsonValue({ maxDepth: 4 });

  test('whatever is in records, engagements and previous results', () => {
    const odd = fc.record({
      model,
      record: fc.oneof(json, record),
      engagements: fc.array(
        fc.oneof(
          json,
          fc.record({ id: json, type: json, occurredAt: json, automated: json, a: json }, { requiredKeys: [] }),
        ),
      ),
      previous: fc.oneof(json, fc.record({ rating: json, earned: fc.oneof(json, fc.dictionary(fc.string(), json)) })),
    });
    fc.assert(
      fc.property(odd, (given) => {
        const result = score(given as unknown as Scene);
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      }),
    );
  });

  test('however deep the engagements nest', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
    const engagement = { id: 'a', type: 'page.view', occurredAt: '2026-03-01', deep };
    const rules = [
      { key: 'a', name: 'A', kind: 'engagement', points: 1, types: ['*'], award: { distinct: 'deep' } } as const,
    ];
    const given = {
      schema: 1,
      key: 'm',
      name: 'M',
      object: 'Lead',
      rules: [...rules].map((rule) => ({ ...rule, types: ['*'] })),
    } as const;
    const twice = [engagement, { ...engagement, other: 1 }];
    expect(score({ model: { ...given, rules: [...given.rules] }, record: {}, engagements: twice }).score).toBe(1);
  });

  test('whatever is handed to parseModel', () => {
    const mangled = fc
      .tuple(model, fc.string(), json)
      .map(([given, key, junk]) => ({ ...given, [key]: junk, rules: [junk, ...given.rules] }));
    fc.assert(
      fc.property(fc.oneof(json, mangled), (input) => {
        const parsed = parseModel(input);
        if (!parsed.ok)
          expect(parsed.problems.every(({ path, message }) => /^(\/|$)/.test(path) && message.length > 10)).toBe(true);
      }),
    );
  });
});

test('an instant that is none is refused by name', () => {
  expect(() =>
    evaluate({ schema: 1, key: 'm', name: 'M', object: 'Lead', rules: [] }, {}, [], undefined, 'now'),
  ).toThrow(new RangeError('at must be an ISO date such as 2026-03-15T12:00:00.000Z, not now'));
});
