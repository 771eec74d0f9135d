import { expect, test } from '@jest/globals';
import { compile, parseModel, requirements } from '../../../scoring-core/src/index.ts';
import { explanation } from '../../src/evaluate/explanation.ts';
import { leadModel } from '../support/model.ts';

const parsed = parseModel({
  ...leadModel,
  categories: [{ key: 'interest', name: 'Interest', max: 12 }],
  rules: leadModel.rules.map((rule) => ({
    ...rule,
    ...(rule.kind === 'engagement' && { category: 'interest' }),
    ...(rule.key === 'click' && { expires: 'P30D' }),
  })),
  gates: [{ key: 'country', name: 'Served country', when: { field: 'Country', op: 'eq', value: 'Germany' }, cap: 18 }],
});
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const { model } = parsed;
const scorer = compile(model);
const active = { id: '', version: 1, model, scorer, needs: requirements(model), mapping: {}, fingerprint: '' };

const engagements = [{ id: 'c1', type: 'email.click', occurredAt: '2026-02-03T09:15:00.000Z' }];
const record = { Industry: null, Country: 'Atlantis' };
const explained = (at: string) => {
  const input = { record, engagements, at };
  return explanation(active, scorer.evaluate(input), input);
};

test('tells since when, what falls, what blocks and what is missing', () => {
  expect(JSON.parse(explained('2026-02-04T00:00:00.000Z'))).toMatchObject({
    score: 10,
    contributions: [{ rule: 'click', points: 10 }],
    reasons: [{ name: 'Email click', first: '2026-02-03T09:15:00.000Z', last: '2026-02-03T09:15:00.000Z' }],
    ahead: [{ name: 'Email click', at: '2026-03-05T09:15:00.000Z', points: -10 }],
    next: { at: '2026-03-05T09:15:00.000Z', score: 0, rating: null },
    blocks: [{ name: 'Served country', cap: 18, missing: [{ condition: { field: 'Country' } }] }],
    goal: {
      rating: 'Warm',
      short: 10,
      offers: [
        { name: 'Right industry', points: 15 },
        { name: 'Page visit', points: 2 },
        { name: 'Email open', points: 1 },
      ],
    },
  });
});

test('stays the same while only time passes, and repeats nothing of the record', () => {
  expect(explained('2026-02-20T12:34:56.789Z')).toBe(explained('2026-02-04T00:00:00.000Z'));
  expect(explained('2026-02-04T00:00:00.000Z')).not.toContain('Atlantis');
});

test('what is too long for the field is left out, but for the result', () => {
  const value = Array.from({ length: 1000 }, (_, index) => `${'x'.repeat(200)}${index}`);
  const when = { field: 'Country', op: 'in' as const, value };
  const long = { ...model, gates: [{ key: 'country', name: 'Served country', when, cap: 18 }] };
  const input = { record, engagements, at: '2026-02-04T00:00:00.000Z' };
  const result = compile(long).evaluate(input);
  expect(JSON.parse(explanation({ ...active, model: long, scorer: compile(long) }, result, input))).toEqual(result);
});
