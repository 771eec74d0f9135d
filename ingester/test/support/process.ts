import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { integrationApp } from '../../../local-org/src/oauth/connected-app.ts';
import type { TestOrg } from './org.ts';

const main = join(import.meta.dirname, '../../src/main.ts');

export interface Running {
  url: string;
  process: ChildProcess;
  /** SIGKILL; resolves when the process is gone. */
  kill: () => Promise<void>;
}

/** Starts the real program over and over on one data folder. `onLine` sees its log. */
export function ingesterProcess(org: TestOrg, onLine: (line: Record<string, unknown>) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'scoreline-crash-'));
  const config = join(folder, 'config.json');
  const connections = { generic: { adapter: 'generic' } };
  writeFileSync(config, JSON.stringify({ connections, flushInterval: 20, retryUnmatched: 100, trace: true }));
  const env = {
    ...process.env,
    SCORELINE_CONFIG: config,
    SCORELINE_DATA: join(folder, 'data'),
    PORT: '0',
    SALESFORCE_LOGIN_URL: org.url,
    SALESFORCE_CLIENT_ID: integrationApp.id,
    SALESFORCE_CLIENT_SECRET: integrationApp.secret!,
  };

  return async (): Promise<Running> => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const gone = new Promise<void>((resolve) =>
      child.once('exit', () => {
        resolve();
      }),
    );
    const url = await new Promise<string>((resolve, reject) => {
      void gone.then(() => {
        reject(new Error('the ingester did not start'));
      });
      createInterface({ input: child.stderr }).on('line', (text) => {
        const line = (text.startsWith('{') ? JSON.parse(text) : { text }) as Record<string, unknown>;
        if (typeof line['listening'] === 'string') resolve(line['listening']);
        onLine(line);
      });
    });
    return {
      url,
      process: child,
      kill: async () => {
        child.kill('SIGKILL');
        await gone;
      },
    };
  };
}
