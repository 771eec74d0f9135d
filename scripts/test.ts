// Everything that must hold before a change lands: what CI runs.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './build.ts';
import { check } from './check.ts';
import { ensureChromium } from './chromium.ts';
import { main, root, run, UserError } from './program.ts';
import { step } from './progress.ts';
import { installSubProject } from './sub-project.ts';

const RESULTS = join(root, 'dist/test-results.json');

await main(async () => {
  await check();
  await build();
  await installSubProject('config/salesforce-tools');
  await installSubProject('config/postgres');
  await step('a browser for the browser test', ensureChromium);
  const jest = [...process.execArgv, '--experimental-vm-modules', join(root, 'node_modules/jest/bin/jest.js')];
  const report = ['--json', `--outputFile=${RESULTS}`];
  const code = await run(process.execPath, [...jest, ...report, ...process.argv.slice(2)], 'quiet');
  console.log(await summary());
  if (code !== 0) throw new UserError('tests failed; see above');
});

/** `512 passed, 0 failed, 3 skipped` */
async function summary(): Promise<string> {
  const results = JSON.parse(await readFile(RESULTS, 'utf8')) as Record<string, number>;
  const { numPassedTests, numFailedTests, numPendingTests } = results;
  return `${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`;
}
