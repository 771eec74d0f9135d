import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { integrationApp } from '../../../../local-org/src/oauth/connected-app.ts';
import type { TestOrg } from '../org.ts';

const main = join(import.meta.dirname, '../../../src/main.ts');
const crashPoints = join(import.meta.dirname, 'crash-points.ts');

export interface Worker {
  url: string;
  kill: () => void;
  /** Ends it in good order. */
  stop: () => void;
  /** Resolves with the signal or the exit code when the process is gone. */
  gone: Promise<string>;
}

/** Where workers keep what they are given: one folder for one worker, or one database for all. */
export type Place = { folder: string } | { databaseUrl: string };

export const newFolder = () => mkdtempSync(join(tmpdir(), 'scoreline-crash-'));

/** Starts the real program. `crashAt` as crash-points.ts has it. Rejects if it does not come to listen. */
export async function startWorker(org: TestOrg, place: Place, crashAt = ''): Promise<Worker> {
  const config = join(newFolder(), 'config.json');
  const settings = { flushInterval: 20, retryUnmatched: 100, callTimeout: 1000, throttlePause: 200 };
  writeFileSync(config, JSON.stringify({ connections: { generic: { adapter: 'generic' } }, ...settings }));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', crashPoints, main], {
    env: {
      PATH: process.env['PATH'],
      // Dozens of starts of the same program.
      NODE_COMPILE_CACHE: join(tmpdir(), 'scoreline-compile-cache'),
      SCORELINE_TEST_CRASH: crashAt,
      SCORELINE_CONFIG: config,
      ...('folder' in place ? { SCORELINE_DATA: place.folder } : { DATABASE_URL: place.databaseUrl }),
      PORT: '0',
      SALESFORCE_LOGIN_URL: org.url,
      SALESFORCE_CLIENT_ID: integrationApp.id,
      SALESFORCE_CLIENT_SECRET: integrationApp.secret!,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal ?? String(code));
    });
  });
  const said: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    void gone.then((how) => {
      reject(new Error(`the ingester ended (${how}) before it listened: ${said.slice(-5).join('\n')}`));
    });
    createInterface({ input: child.stderr }).on('line', (text) => {
      if (said.length < 100) said.push(text);
      const line = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
      if (typeof line['listening'] === 'string') resolve(line['listening']);
    });
  });
  const signal = (name: NodeJS.Signals) => () => void child.kill(name);
  return { url, kill: signal('SIGKILL'), stop: signal('SIGTERM'), gone };
}
