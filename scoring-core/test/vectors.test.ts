/**
 * Our own cases, one file per concept, worked out by hand from the contract. The results of explain.json and diff.json were
 * taken from the code and then read through; the properties hold them to what they mean.
 */
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import * as advice from '../src/advice.ts';
import * as engine from '../src/index.ts';
import { runVector, type Vectors } from './run-vector.ts';

const folder = new URL('vectors/', import.meta.url);

for (const file of readdirSync(folder)) {
  const { version, concept, cases } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Vectors;

  describe(concept, () => {
    test(`${file} is of version 1`, () => {
      expect([version, `${concept}.json`]).toEqual([1, file]);
    });
    test.each(cases)('$name', (given) => {
      runVector(engine, advice, given);
    });
  });
}
