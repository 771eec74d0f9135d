/** test/vectors/explain.json holds what reps read; here is what must hold of every explanation. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluate, explain } from '../src/index.ts';
import type { EvaluateInput, FieldChange, Model, Step } from '../src/index.ts';
import { explanationInWords } from '../src/advice.ts';
import * as arbitrary from './arbitraries.ts';

const { model, record, engagements, previous } = arbitrary;
type Scene = { model: Model } & EvaluateInput;
const scene: fc.Arbitrary<Scene> = fc.record({ model, record, engagements, previous, at: fc.constant(arbitrary.AT) });

function explained({ model, ...input }: Scene) {
  const result = evaluate(model, input.record, input.engagements, input.previous, input.at);
  return { result, explanation: explain(model, result, input) };
}

const hundredths = (points: number) => Math.round(points * 100);
const levelOf = ({ thresholds = [] }: Model, rating: string | null) =>
  thresholds.findIndex((threshold) => threshold.rating === rating);

test('the reasons and the adjustments add up to the score', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const { result, explanation } = explained(given);
      const sum = [...explanation.reasons, ...explanation.adjustments].reduce(
        (sum, { points }) => sum + hundredths(points),
        0,
      );
      expect(sum).toBe(hundredths(result.score));
    }),
    { numRuns: 500 },
  );
});

test('the dates of a reason are those of engagements, or of when it was earned', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const { result, explanation } = explained(given);
      const dates = new Set([
        ...given.engagements.map(({ occurredAt }) => occurredAt),
        ...Object.values(result.earned),
      ]);
      for (const { first, last } of explanation.reasons) {
        if (first === null || last === null) expect([first, last]).toEqual([null, null]);
        else {
          expect(dates).toContain(first);
          expect(dates).toContain(last);
          expect(first <= last).toBe(true);
        }
      }
    }),
  );
});

test('what lies ahead comes then, and not a millisecond before', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const { result, explanation } = explained(given);
      const pointsAt = (rule: string, instant: number) => {
        const at = new Date(instant).toISOString();
        const later = evaluate(given.model, given.record, given.engagements, result, at);
        return hundredths(later.contributions.find((each) => each.rule === rule)?.points ?? 0);
      };
      for (const { rule, at, points } of explanation.ahead) {
        // Facts to be earned once come with a change of `earned`, not by a rule's own course.
        const before = hundredths(result.contributions.find((each) => each.rule === rule)?.points ?? 0);
        expect(pointsAt(rule, Date.parse(at) - 1)).toBe(before);
        expect(pointsAt(rule, Date.parse(at))).toBe(before + hundredths(points));
      }
    }),
  );
});

describe('the ways to the next rating', () => {
  test('lead there', () => {
    let count = 0;
    fc.assert(
      fc.property(scene, (given) => {
        const { result, explanation } = explained(given);
        for (const { steps, score, rating } of explanation.goal?.ways ?? []) {
          const changed = steps.reduce(take, given);
          const then = evaluate(given.model, changed.record, changed.engagements, result, given.at);
          expect({ score: then.score, rating: then.rating }).toEqual({ score, rating });
          expect(levelOf(given.model, then.rating)).toBeGreaterThan(levelOf(given.model, result.rating));
          count++;
        }
      }),
      { numRuns: 500 },
    );
    expect(count).toBeGreaterThan(100);
  });

  test('name the distance', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const { result, explanation } = explained(given);
        const above = given.model.thresholds?.[levelOf(given.model, result.rating) + 1];
        expect(explanation.goal?.rating).toBe(above?.rating);
        if (above && explanation.goal)
          expect(explanation.goal.short).toBeCloseTo(Math.max(0, above.min - result.score));
      }),
    );
  });
});

test('every gate that is not met says what is missing', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const { result, explanation } = explained(given);
      expect(explanation.blocks.map(({ gate }) => gate)).toEqual(result.failedGates);
      for (const { gate, missing, opensAt } of explanation.blocks) {
        expect(missing.length).toBeGreaterThan(0);
        if (opensAt === null) continue;
        const then = evaluate(given.model, given.record, given.engagements, result, opensAt);
        expect(then.failedGates).not.toContain(gate);
      }
    }),
  );
});

test('it can be said in words and kept as JSON', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const { explanation } = explained(given);
      expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
      for (const line of explanationInWords(explanation)) expect(line).not.toMatch(/undefined|NaN|\[object/);
    }),
  );
});

function take<Given extends EvaluateInput>(given: Given, step: Step): Given {
  if (step.kind !== 'engagement') return { ...given, record: step.changes.reduce(write, given.record) };
  const more = Array.from({ length: step.times }, (_, time) => ({ ...step.engagement, id: `new ${time} ${step.key}` }));
  return { ...given, engagements: [...given.engagements, ...more] };
}

function write(record: EvaluateInput['record'], { field, value }: FieldChange): EvaluateInput['record'] {
  const [head = '', ...rest] = field.split('.');
  const inner = record[head];
  const below = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as typeof record) : {};
  return { ...record, [head]: rest.length === 0 ? value : write(below, { field: rest.join('.'), value }) };
}
