/** The contract's own cases. They lie beside the checkout; a checkout on its own has none. */
import { existsSync, readFileSync } from 'node:fs';
import type { EvaluateInput, Result } from '../src/index.ts';

export type ContractCase = EvaluateInput & { name: string; model: unknown; result: Result };

const contracts = new URL('../../../shared/contracts/', import.meta.url);

/** Each file with its cases; `undefined` for one that is not there. */
export const contractFiles = ['worked-examples.ndjson', 'random-cases.ndjson'].map((file) => {
  const source = new URL(file, contracts);
  if (!existsSync(source)) return { file, content: undefined, cases: [] };
  const content = readFileSync(source, 'utf8');
  const cases = content
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ContractCase);
  return { file, content, cases };
});
