// A sub-project keeps what only the checks need out of the root, so that `npm start` stays quick to install.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, UserError } from './program.ts';
import { step } from './progress.ts';

/**
 * Installs the sub-project in `folder` (relative to the root) from its lock file, unless what is there came from this
 * very lock file. Throws a UserError when npm does not succeed.
 */
export async function installSubProject(folder: string): Promise<void> {
  const path = join(root, folder);
  const stamp = join(path, 'node_modules', '.installed');
  const lock = createHash('sha256')
    .update(readFileSync(join(path, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const code = await step(`install ${folder}, once`, () =>
    run(npm, ['ci', '--prefix', path, '--no-audit', '--no-fund', '--loglevel=error']),
  );
  if (code !== 0) throw new UserError(`npm ci in ${folder} did not succeed; its own message is above`);
  writeFileSync(stamp, lock);
}
