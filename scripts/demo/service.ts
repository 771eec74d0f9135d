import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { root, UserError } from '../program.ts';

export interface Service<Ready> {
  readonly ready: Ready;
  /** Asks the program to stop and waits until it has. */
  stop(): Promise<void>;
}

export interface ServiceOptions<Ready> {
  /** A program of ours, from the root of the project. */
  readonly program: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Called with each line that the program prints, until one says that it is ready. */
  readonly readyWhen: (line: string) => Ready | undefined;
  readonly onLine?: (line: string) => void;
}

const LINES_KEPT = 20;

/**
 * Starts a program of ours and waits until it is ready. If it ends before that, what it said tells why (UserError). It has
 * a process group of its own, so that Ctrl-C reaches whoever started it, and that one stops it in good order.
 */
export async function startService<Ready>(options: ServiceOptions<Ready>): Promise<Service<Ready>> {
  const { program, args = [], env = {}, readyWhen, onLine } = options;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', `${root}${program}`, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const orphan = () => child.kill('SIGTERM');
  process.once('exit', orphan);
  const ended = once(child, 'exit').finally(() => process.off('exit', orphan));

  const said: string[] = [];
  const ready = await new Promise<Ready>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        if (said.length > LINES_KEPT) said.shift();
        onLine?.(line);
        const answer = readyWhen(line);
        if (answer !== undefined) resolve(answer);
      });
    child.once('close', () => {
      reject(new UserError(said.join('\n') || `${program} ended without a word`));
    });
  });
  return {
    ready,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
