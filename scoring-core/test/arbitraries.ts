/** Models that parseModel accepts, and records and engagements around one instant, for fast-check. */
import fc from 'fast-check';
import type { Condition, Decay, Model, Rule, ScoredEngagement, ScoredRecord } from '../src/index.ts';

export const AT = '2026-03-15T12:34:56.789Z';
const HOUR = 3_600_000;

const isoAround = (days: number) =>
  fc
    .oneof(
      fc.integer({ min: -days * 24, max: days * 6 }).map((n) => n * HOUR),
      fc.integer({ min: -days * 24 * HOUR, max: days * 6 * HOUR }),
    )
    .map((offset) => new Date(Date.parse(AT) + offset).toISOString());

const oneOf = <const Values extends readonly unknown[]>(...values: Values) =>
  fc.constantFrom(...values) as fc.Arbitrary<Values[number]>;
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Leaves out what is undefined, as JSON does. */
const compact = <T extends object>(value: T) =>
  JSON.parse(JSON.stringify(value)) as { [K in keyof T]: Exclude<T[K], undefined> };

const points = fc
  .integer({ min: -5000, max: 5000 })
  .filter((n) => n !== 0)
  .map((n) => n / 100);
const span = oneOf('PT1H', 'PT90M', 'P1D', 'P3D', 'P1W', 'P30D', 'P60D');
const calendar = oneOf('P1M', 'P1M2D', 'P1Y', 'P90D', 'PT36H');
const paths = oneOf('a', 'b.c', 'd', 'occurredAt', 'CreatedDate', 'Missing');
const value = oneOf('x', 'X;y', '2026-03-10', 5, 2.5, true);

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field: paths, op: oneOf('eq', 'ne'), value: fc.oneof(value, fc.constant(null)) }),
  fc.record({ field: paths, op: oneOf('lt', 'lte', 'gt', 'gte'), value: oneOf('2026-03-10', 3) }),
  fc.record({ field: paths, op: oneOf('in', 'notIn'), value: fc.array(value, { maxLength: 3 }) }),
  fc.record({
    field: paths,
    op: oneOf('contains', 'notContains', 'startsWith', 'endsWith', 'like'),
    value: oneOf('x', '*y', '2026*'),
  }),
  fc.record({ field: paths, op: oneOf('blank', 'notBlank') }),
  fc.record({ field: paths, op: oneOf('includes', 'excludes'), value: fc.array(oneOf('x', 'y'), { maxLength: 2 }) }),
  fc.record({
    field: oneOf('d', 'occurredAt', 'CreatedDate'),
    op: oneOf('withinLast', 'olderThan', 'withinNext'),
    value: span,
  }),
);

const related: fc.Arbitrary<Condition> = fc
  .record({
    related: fc.constant('Rows'),
    aggregate: oneOf('count', 'sum', 'min', 'max'),
    where: optional(leaf),
    field: oneOf('a', 'd'),
  })
  .chain((test) =>
    fc
      .oneof(
        fc.record({ op: oneOf('gt', 'lte'), value: oneOf(2, '2026-03-10') }),
        fc.record({ op: oneOf('withinLast', 'olderThan', 'withinNext'), value: span }),
      )
      .map((comparison) => compact({ ...test, ...comparison })),
  );

export const condition: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: leaf, weight: 4 },
    { arbitrary: related, weight: 1 },
    { arbitrary: fc.array(tie('tree'), { maxLength: 3 }).map((all) => ({ all })), weight: 1 },
    { arbitrary: fc.array(tie('tree'), { maxLength: 3 }).map((any) => ({ any })), weight: 1 },
    { arbitrary: tie('tree').map((not) => ({ not })), weight: 1 },
  ),
})).tree;

const decay: fc.Arbitrary<Decay> = fc.oneof(
  fc.record({
    kind: fc.constant('exponential' as const),
    halfLife: span,
    step: optional(span.filter((s) => s !== 'PT1H')),
  }),
  fc.record({ kind: fc.constant('linear' as const), over: span, step: optional(span) }),
  fc.record({ kind: fc.constant('steps' as const), keep: oneOf(0, 0.5, 0.9, 1), every: span }),
) as fc.Arbitrary<Decay>;

const common = {
  name: fc.constant('Rule'),
  points,
  category: optional(oneOf('fit', 'act')),
  max: optional(oneOf(0.5, 10, 33.33)),
};
const matching = {
  types: fc.subarray(['*', 'email.*', 'page.view'], { minLength: 1 }),
  where: optional(fc.oneof(leaf, condition)),
};

const rule = fc.oneof(
  { weight: 2, arbitrary: fc.record({ ...common, kind: fc.constant('attribute' as const), when: condition }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...common,
      kind: fc.constant('attribute' as const),
      when: condition,
      hold: fc.constant('once' as const),
      expires: optional(calendar),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{
        ...common,
        ...matching,
        kind: fc.constant('engagement' as const),
        decay: optional(decay),
        expires: optional(calendar),
      },
      award: optional(oneOf('each', 'first', { distinct: 'a' }, { distinct: 'b.c' })),
      pointsFrom: optional(fc.constant('a')),
      limit: optional(fc.record({ count: fc.integer({ min: 1, max: 3 }), within: span })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...common,
      ...matching,
      kind: fc.constant('frequency' as const),
      count: fc.integer({ min: 2, max: 4 }),
      within: span,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...common,
      ...matching,
      kind: fc.constant('inactivity' as const),
      after: span,
      every: optional(span),
      max: oneOf(5, 40),
    }),
  },
);

const rules = fc
  .array(rule, { minLength: 1, maxLength: 6 })
  .map((list) => list.map((item, index) => compact({ ...item, key: `r${index}` }) as Rule));

const gates = fc
  .array(fc.record({ when: condition, cap: oneOf(-5, 0, 10, 40), rating: optional(oneOf('Out', 'Later')) }), {
    maxLength: 2,
  })
  .map((list) => list.map((gate, index) => ({ ...gate, key: `g${index}`, name: 'Gate' })));

export const model: fc.Arbitrary<Model> = fc
  .record({
    schema: fc.constant(1 as const),
    key: fc.constant('m'),
    name: fc.constant('Model'),
    object: fc.constant('Lead'),
    rules,
    gates,
    range: optional(oneOf({ min: 0, max: 100 }, { max: 60 }, { min: -20 })),
    decimals: optional(oneOf(0, 1, 2)),
    verdictWeights: optional(oneOf({ unknown: 0.5 }, { machine: 0.1 })),
    categories: fc.record({ min: optional(oneOf(-10, 0)), max: optional(oneOf(25, 30.5)) }).map((limits) => [
      { key: 'fit', name: 'Fit', ...limits },
      { key: 'act', name: 'Activity' },
    ]),
    thresholds: optional(
      fc.constant([
        { rating: 'Cold', min: 0 },
        { rating: 'Warm', min: 15, leaveBelow: 10 },
        { rating: 'Hot', min: 40, leaveBelow: 33 },
      ]),
    ),
    grades: optional(
      fc.constant([
        { category: 'fit', steps: [{ label: 'A', min: 20 }, { label: 'B', min: 5 }, { label: 'C' }] },
        { category: 'act', steps: [{ label: '1', min: 0 }, { label: '2' }] },
      ]),
    ),
  })
  .map((parts) => compact(parts) as unknown as Model);

const anything = fc.oneof(
  value,
  isoAround(90),
  fc.constant(null),
  fc.constant(''),
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
);
const fields = { a: optional(anything), b: optional(fc.record({ c: anything })), d: optional(isoAround(90)) };

export const record: fc.Arbitrary<ScoredRecord> = fc
  .record({
    ...fields,
    CreatedDate: optional(isoAround(90)),
    Rows: optional(fc.array(fc.record(fields), { maxLength: 3 })),
  })
  .map((parts) => compact(parts));

export const engagements: fc.Arbitrary<ScoredEngagement[]> = fc.array(
  fc
    .record({
      ...{ ...fields, id: fc.integer({ min: 1, max: 15 }).map((n) => `e${n}`), occurredAt: isoAround(90) },
      type: oneOf('email.click', 'email.open', 'page.view', 'form.submit'),
      automated: optional(fc.record({ verdict: oneOf('human', 'machine', 'suspect', 'unknown') })),
    })
    .map((parts) => compact(parts) as unknown as ScoredEngagement),
  { maxLength: 12 },
);

export const previous = optional(
  fc.record({
    rating: oneOf('Hot', 'Warm', 'Cold', 'Out', null),
    earned: fc.dictionary(oneOf('r0', 'r1', 'r2'), isoAround(60), { maxKeys: 2 }),
  }),
);

/** Every span and step that a model names, in milliseconds: how far from a date something may happen. */
export const spansOf = (text: string): number[] => {
  const days: Record<string, number> = {
    PT1H: 1 / 24,
    PT90M: 1.5 / 24,
    PT36H: 1.5,
    P1D: 1,
    P3D: 3,
    P1W: 7,
    P30D: 30,
    P60D: 60,
    P90D: 90,
  };
  return Object.entries(days).flatMap(([name, length]) => (text.includes(`"${name}"`) ? [length * 24 * HOUR] : []));
};
