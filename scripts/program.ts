import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The root folder of the project. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** A problem that the person at the keyboard can put right: printed as one line, without a stack. */
export class UserError extends Error {
  override name = 'UserError';
}

/** Runs a program of ours to its end; a UserError becomes one clear line and exit code 1. */
export async function main(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`scoreline: ${error.message}`);
    process.exitCode = 1;
  }
}

/** Runs a command in the project's root, its messages shown, its output too unless `quiet`; resolves to its exit code. */
export function run(command: string, args: readonly string[], output: 'shown' | 'quiet' = 'shown'): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['inherit', output === 'shown' ? 'inherit' : 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

/** Runs one of the project's own tools (a bin of node_modules, given by its file) on the pinned Node. */
export const runTool = (file: string, ...args: string[]): Promise<number> =>
  run(process.execPath, [`${root}node_modules/${file}`, ...args]);
