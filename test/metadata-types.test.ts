import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { metadataTypes, target } from '../scripts/metadata-types.ts';
import { isInstalled } from './support/salesforce-cli.ts';

(isInstalled ? test : test.skip)('the elements of metadata types are those that Salesforce publishes', async () => {
  expect(await readFile(target, 'utf8')).toBe(await metadataTypes());
});
