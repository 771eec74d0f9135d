/** What ships: modules that components import, c/scoringCore for one, built as `npm run build` builds it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildScoringCore } from '../../scripts/build/scoring-core.ts';
import * as adviceSource from '../src/advice.ts';
import * as engineSource from '../src/index.ts';
import { contractFiles } from './contract-cases.ts';
import { runVector, type Vectors } from './run-vector.ts';

const folder = mkdtempSync(join(tmpdir(), 'scoring-core-'));
const outfile = (name: string) => join(folder, `${name}.mjs`);
let engine: typeof engineSource;
let advice: typeof adviceSource;

beforeAll(async () => {
  for (const name of ['index', 'advice']) {
    await buildScoringCore(fileURLToPath(new URL(`../src/${name}.ts`, import.meta.url)), outfile(name));
  }
  engine = (await import(outfile('index'))) as typeof engineSource;
  advice = (await import(outfile('advice'))) as typeof adviceSource;
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('they export what the sources export', () => {
  expect(Object.keys(engine).sort()).toEqual(Object.keys(engineSource).sort());
  expect(Object.keys(advice).sort()).toEqual(Object.keys(adviceSource).sort());
});

describe.each(['index', 'advice'])('%s', (name) => {
  test('is no larger than Salesforce allows a component to be', () => {
    expect(statSync(outfile(name)).size).toBeLessThan(131_072);
  });
  test('makes no code from text, which content security policies bar', () => {
    expect(readFileSync(outfile(name), 'utf8')).not.toMatch(/\beval\(|\bFunction\(/);
  });
});

for (const { file, cases } of contractFiles) {
  (cases.length === 0 ? test.skip : test)(`the cases of ${file}`, () => {
    for (const { name, model, result, ...input } of cases) {
      const parsed = engine.parseModel(model);
      expect([name, parsed.ok && engine.compile(parsed.model).evaluate(input)]).toStrictEqual([name, result]);
    }
  });
}

const vectors = new URL('vectors/', import.meta.url);
test.each(readdirSync(vectors))('the vectors of %s', (file) => {
  const { cases } = JSON.parse(readFileSync(new URL(file, vectors), 'utf8')) as Vectors;
  for (const given of cases) runVector(engine, advice, given);
});
