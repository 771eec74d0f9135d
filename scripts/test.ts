// Everything that must hold before a change lands: what CI runs.
import { build } from './build.ts';
import { check } from './check.ts';
import { ensureChromium } from './chromium.ts';
import { main, root, run, UserError } from './program.ts';
import { step } from './progress.ts';

await main(async () => {
  await check();
  await build();
  await step('a browser for the browser test', ensureChromium);
  const jest = [...process.execArgv, '--experimental-vm-modules', `${root}node_modules/jest/bin/jest.js`];
  if ((await run(process.execPath, [...jest, ...process.argv.slice(2)])) !== 0)
    throw new UserError('tests failed; see above');
});
