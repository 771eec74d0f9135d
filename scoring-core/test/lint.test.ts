/** test/vectors/lint.json holds what lint finds; here is what must hold of every model. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { lint } from '../src/advice.ts';
import { evaluate, parseModel } from '../src/index.ts';
import type { Model } from '../src/index.ts';
import * as arbitrary from './arbitraries.ts';

const { model, record, engagements, previous } = arbitrary;

test('every warning has a place in the model and a sentence', () => {
  fc.assert(
    fc.property(model, (given) => {
      for (const { path, message } of lint(given)) {
        const places = path.split('/').slice(1);
        let value: unknown = given;
        for (const place of places) {
          expect(value).toHaveProperty([place]);
          value = (value as Record<string, unknown>)[place];
        }
        expect(message).toMatch(/^[^]{20,}\.$/);
        expect(message).not.toMatch(/undefined|NaN|Infinity/);
      }
    }),
    { numRuns: 500 },
  );
});

test('what is said never to be is never seen', () => {
  fc.assert(
    fc.property(model, record, engagements, previous, (given, record, engagements, previous) => {
      const warnings = lint(given);
      if (warnings.length === 0) return;
      const result = evaluate(given, record, engagements, previous && { ...previous, earned: {} }, arbitrary.AT);
      const applied = new Set(result.contributions.map(({ rule }) => rule));
      for (const { code, path } of warnings) {
        const [list, index] = path.split('/').slice(1) as [keyof Model, string];
        const item = (given[list] as { key: string; rating: string }[])[Number(index)]!;
        if (code === 'never-applies' || code === 'never-awarded') expect(applied).not.toContain(item.key);
        if (code === 'threshold-unreachable')
          expect(result.score).toBeLessThan((item as unknown as { min: number }).min);
        if (code === 'gate-never-open') expect(result.failedGates).toContain(item.key);
      }
    }),
    { numRuns: 1000 },
  );
});

test('the example that ships with the product is without a warning', () => {
  const example = readFileSync(new URL('../../examples/scoring-model.json', import.meta.url), 'utf8');
  const parsed = parseModel(JSON.parse(example));
  expect(parsed.ok && lint(parsed.model)).toEqual([]);
});

test('disabled rules are no cause for a warning, however many there are', () => {
  fc.assert(
    fc.property(model, (given) => {
      const disabled = { ...given, rules: given.rules.map((rule) => ({ ...rule, enabled: false })) };
      expect(lint(disabled).filter(({ path }) => path.startsWith('/rules/'))).toEqual([]);
    }),
  );
});
