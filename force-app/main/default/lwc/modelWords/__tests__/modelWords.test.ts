import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type * as modelWords from 'c/modelWords';
import type { Rule } from 'c/scoringCore';
import { labelsIn, useLabels } from '../../__tests__/labels.cjs';

type Words = typeof modelWords;

const rules: [string, object][] = [
  [
    '+5 for each “Clicked a link in an email”, at most 3 within 7 days, halves every 14 days, gone after 3 months',
    {
      kind: 'engagement',
      points: 5,
      types: ['email.click'],
      limit: { count: 3, within: 'P7D' },
      decay: { kind: 'exponential', halfLife: 'P14D' },
      expires: 'P3M',
    },
  ],
  ['+20 for the first “Any form engagement”', { kind: 'engagement', points: 20, types: ['form.*'], award: 'first' }],
  [
    '+2.5 for each “Any engagement” with another link.url, times properties.amount, if link.url contains “/pricing”, keeps 50% every 2 weeks, 10 points at most',
    {
      kind: 'engagement',
      points: 2.5,
      types: ['*'],
      award: { distinct: 'link.url' },
      pointsFrom: 'properties.amount',
      where: { field: 'link.url', op: 'contains', value: '/pricing' },
      decay: { kind: 'steps', keep: 0.5, every: 'P2W' },
      max: 10,
    },
  ],
  [
    '+1 for each nothing yet, fades to nothing over 36 hours',
    { kind: 'engagement', points: 1, types: [], decay: { kind: 'linear', over: 'P1DT12H' } },
  ],
  [
    '+15 while Title is one of “CEO” or “CTO”',
    { kind: 'attribute', points: 15, when: { field: 'Title', op: 'in', value: ['CEO', 'CTO'] } },
  ],
  [
    '+15 once (A is yes and B lies within the last 30 days) or not C is blank, gone after 1 year',
    {
      kind: 'attribute',
      points: 15,
      hold: 'once',
      expires: 'P1Y',
      when: {
        any: [
          {
            all: [
              { field: 'A', op: 'eq', value: true },
              { field: 'B', op: 'withinLast', value: 'P30D' },
            ],
          },
          { not: { field: 'C', op: 'blank' } },
        ],
      },
    },
  ],
  [
    '+7 while the sum of Amount of Opportunities where IsWon is yes is above 1,000',
    {
      kind: 'attribute',
      points: 7,
      when: {
        related: 'Opportunities',
        aggregate: 'sum',
        field: 'Amount',
        where: { field: 'IsWon', op: 'eq', value: true },
        op: 'gt',
        value: 1000,
      },
    },
  ],
  ['+3 while in any case', { kind: 'attribute', points: 3, when: { all: [] } }],
  [
    '+10 while there are 3 or more of “Visited a web page” or “Booked a meeting” within 7 days',
    { kind: 'frequency', points: 10, types: ['page.view', 'meeting.book'], count: 3, within: 'P7D' },
  ],
  [
    '-5 after 14 days without “Any engagement”, again every 30 days, 20 points at most',
    { kind: 'inactivity', points: -5, types: ['*'], after: 'P14D', every: 'P30D', max: 20 },
  ],
];

describe('rules in words', () => {
  let words: Words;

  beforeAll(async () => {
    useLabels();
    words = await import('c/modelWords');
  });

  it.each(rules)('%s', (expected, rule) => {
    expect(words.ruleInWords({ key: 'r', name: 'R', ...rule } as Rule)).toBe(expected);
  });

  it.each([
    ['P14D', { count: 14, unit: 'day' }],
    ['P2W', { count: 2, unit: 'week' }],
    ['PT90M', { count: 90, unit: 'minute' }],
    ['PT48H', { count: 2, unit: 'day' }],
    ['P1Y6M', { count: 18, unit: 'month' }],
    ['P2Y', { count: 2, unit: 'year' }],
    ['P1M3D', undefined],
    ['', undefined],
    ['P0D', undefined],
  ])('%s is %j', (duration, span) => {
    expect(words.spanOf(duration)).toEqual(span);
    if (span) expect(words.spanOf(words.durationOf(span as never))).toEqual(span);
  });

  it('leaves a duration of several units as it is written', () => {
    expect(words.durationInWords('P1M3D')).toBe('P1M3D');
  });
});

it('has German words for every placeholder of every label', () => {
  const [english, german] = [labelsIn(), labelsIn('de')];
  const placeholders = (text = '') => [...text.matchAll(/\{\d\}/g)].map(([each]) => each).sort();
  expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [name, text] of english)
    expect([name, placeholders(german.get(name))]).toEqual([name, placeholders(text)]);
  jest.resetModules();
});
