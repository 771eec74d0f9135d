import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(
  new URL('../../config/salesforce-tools/node_modules/@salesforce/cli/bin/run.js', import.meta.url),
);

/** `npm test` installs it; without it, its tests are skipped. */
export const isInstalled = existsSync(program);

/** What a command printed, and the code it ended with. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Salesforce's own command line in a home and a folder of its own. */
export interface SalesforceCli {
  /** The folder that commands run in. */
  readonly folder: string;
  /** Runs `sf ...args` to its end. `environment` comes on top of what every command has. */
  run(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ended>;
  /** The `result` of `sf ...args --json`; throws what the command says where it fails. */
  result<T>(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<T>;
  remove(): Promise<void>;
}

export async function salesforceCli(): Promise<SalesforceCli> {
  const home = await mkdtemp(join(tmpdir(), 'sf-'));
  const folder = join(home, 'project');
  await mkdir(folder);
  const common = {
    PATH: process.env['PATH'],
    HOME: home,
    USERPROFILE: home,
    // No call but to the org: no telemetry, and no update of any kind.
    SF_DISABLE_TELEMETRY: 'true',
    SF_DISABLE_AUTOUPDATE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    CI: 'true',
    NO_COLOR: '1',
  };
  const run: SalesforceCli['run'] = (args, environment = {}) =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        [program, ...args],
        { cwd: folder, env: { ...common, ...environment }, maxBuffer: 50_000_000 },
        (error, stdout, stderr) => {
          resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
        },
      );
    });
  return {
    folder,
    run,
    result: async <T>(args: readonly string[], environment?: Readonly<Record<string, string>>) => {
      const { stdout, stderr } = await run([...args, '--json'], environment);
      const answer = JSON.parse(stdout || '{}') as { status?: number; result?: T; message?: string };
      if (answer.status !== 0) throw new Error(`sf ${args.join(' ')}: ${answer.message ?? stderr}`);
      return answer.result!;
    },
    remove: () => rm(home, { recursive: true }),
  };
}
