/** What ships: the module that components import as c/scoringCore, built as `npm run build` builds it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildScoringCore } from '../../scripts/build/scoring-core.ts';
import type * as Engine from '../src/index.ts';
import * as source from '../src/index.ts';
import { contractFiles } from './contract-cases.ts';
import { runVector, type Vectors } from './run-vector.ts';

const folder = mkdtempSync(join(tmpdir(), 'scoring-core-'));
const outfile = join(folder, 'scoringCore.mjs');
let built: typeof Engine;

beforeAll(async () => {
  await buildScoringCore(fileURLToPath(new URL('../src/index.ts', import.meta.url)), outfile);
  built = (await import(outfile)) as typeof Engine;
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('it exports what the source exports, and stays within what Salesforce allows a component', () => {
  expect(Object.keys(built).sort()).toEqual(Object.keys(source).sort());
  expect(statSync(outfile).size).toBeLessThan(131_072);
});

test('it makes no code from text, which content security policies bar', () => {
  expect(readFileSync(outfile, 'utf8')).not.toMatch(/\beval\(|\bFunction\(/);
});

for (const { file, cases } of contractFiles) {
  (cases.length === 0 ? test.skip : test)(`the cases of ${file}`, () => {
    for (const { name, model, result, ...input } of cases) {
      const parsed = built.parseModel(model);
      expect([name, parsed.ok && built.compile(parsed.model).evaluate(input)]).toStrictEqual([name, result]);
    }
  });
}

const vectors = new URL('vectors/', import.meta.url);
test.each(readdirSync(vectors))('the vectors of %s', (file) => {
  const { cases } = JSON.parse(readFileSync(new URL(file, vectors), 'utf8')) as Vectors;
  for (const given of cases) runVector(built, given);
});
