// Builds what ships (dist/package: the Salesforce package) and the page that shows it on this machine (dist/lightning).
import { join } from 'node:path';
import { buildApp } from '../local-org/lightning/build/app.ts';
import { buildVendor } from '../local-org/lightning/build/vendor.ts';
import { buildPackage } from './build/package.ts';
import { buildScoringCore } from './build/scoring-core.ts';
import { main, root, UserError } from './program.ts';
import { step } from './progress.ts';

const shipped = join(root, 'dist/package/main/default');
/** Components that are built from the engine, by the entry of each. */
const engineModules = { scoringCore: 'index.ts', scoringAdvice: 'advice.ts' };
const vendor = join(root, 'dist/lightning/vendor');

export async function build(): Promise<void> {
  try {
    await step('build the package', () => buildPackage(join(root, 'force-app/main/default'), shipped));
    for (const [name, entry] of Object.entries(engineModules)) {
      const out = join(shipped, 'lwc', name, `${name}.js`);
      const source = join(root, 'scoring-core/src', entry);
      const bytes = await step(`build c/${name}`, () => buildScoringCore(source, out));
      console.error(`  c/${name} has ${bytes.toLocaleString('en-US')} bytes`);
    }
    await step('build the engine and base components', () => buildVendor(vendor, join(root, 'package-lock.json')));
    await step('build the Lightning page', () =>
      buildApp({ package: shipped, vendor, out: join(root, 'dist/lightning/app') }),
    );
  } catch (error) {
    throw new UserError(`the build failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

if (import.meta.main) await main(build);
