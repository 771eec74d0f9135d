/** Our own cases, one file per concept, each worked out by hand from the contract. */
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { evaluate, parseModel } from '../src/index.ts';
import type { EvaluateInput, Result } from '../src/index.ts';

type Case = EvaluateInput & { name: string; model: unknown; result: Result };
type Vectors = { version: 1; concept: string; cases: Case[] };

const folder = new URL('vectors/', import.meta.url);

for (const file of readdirSync(folder)) {
  const { version, concept, cases } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Vectors;

  describe(concept, () => {
    test(`${file} is of version 1`, () => {
      expect([version, `${concept}.json`]).toEqual([1, file]);
    });
    test.each(cases)('$name', ({ model: input, record, engagements, previous, at, result }) => {
      const parsed = parseModel(input);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      expect(evaluate(parsed.model, record, engagements, previous, at)).toStrictEqual(result);
    });
  });
}
