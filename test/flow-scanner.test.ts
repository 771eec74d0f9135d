import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tools = fileURLToPath(new URL('../config/salesforce-tools/package.json', import.meta.url));
const folder = fileURLToPath(new URL('../force-app/main/default/flows', import.meta.url));
const scanner = '@flow-scanner/lightning-flow-scanner-core';
const isInstalled = existsSync(join(tools, '../node_modules', scanner));

interface Scanner {
  readonly parse: (files: string[]) => Promise<{ errorMessage?: string }[]>;
  readonly scan: (flows: object[]) => {
    flow: { name: string };
    ruleResults: { ruleName: string; occurs: boolean; errorMessage?: string; details: { name: string }[] }[];
  }[];
}

/** What the scanner says of flows that are meant to be so, and why they are. */
const intended = [
  // Templates: they begin as drafts, and the admin activates those that the team wants.
  /: InactiveFlow: Draft$/,
  // The fault path writes what went wrong onto the score, which does not meet the entry conditions a second time.
  /^(Hot_Rating_Creates_Task|Hand_Off_at_Threshold): RecursiveAfterUpdate: Note_the_Failure$/,
  // Flows upon platform events have no order.
  /^Tell_Owner_of_Rating_Drop: TriggerOrder: TriggerOrder$/,
];

(isInstalled ? test : test.skip)('the flow scanner finds nothing in the flows that is not meant', async () => {
  const { parse, scan } = createRequire(tools)(scanner) as Scanner;
  const files = (await readdir(folder)).map((file) => join(folder, file));
  const flows = await parse(files);
  expect(flows).toHaveLength(files.length);
  expect(flows.filter(({ errorMessage }) => errorMessage !== undefined)).toEqual([]);
  const results = scan(flows);
  expect(results.length).toBe(files.length);
  const found = results.flatMap(({ flow, ruleResults }) =>
    ruleResults.flatMap(({ ruleName, occurs, errorMessage, details }) => {
      if (errorMessage) return [`${flow.name}: ${ruleName}: ${errorMessage}`];
      return occurs ? details.map(({ name }) => `${flow.name}: ${ruleName}: ${name}`) : [];
    }),
  );
  expect(found.filter((finding) => !intended.some((pattern) => pattern.test(finding)))).toEqual([]);
});
