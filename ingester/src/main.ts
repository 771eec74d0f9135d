// The composition root: configuration and the real world in, one running ingester out.
import { ConfigError, readConfig, type Config } from './config.ts';
import { createIngester } from './ingester.ts';
import { createLog } from './log.ts';
import { createSalesforce } from './salesforce/salesforce.ts';
import { openSqliteStore } from './store/sqlite/open.ts';
import type { Store } from './store/store.ts';

const clock = Date.now;
const log = createLog((line) => process.stderr.write(line), clock);

const config = orExit(readConfig);
const store = orExit(() => openStore(config));
const ingester = createIngester({
  config,
  store,
  salesforce: createSalesforce({
    ...config.salesforce,
    timeout: config.callTimeout,
    concurrency: config.concurrency,
    clock,
  }),
  fetch,
  clock,
  random: Math.random,
  log,
  ...(config.trace && {
    onStep: (step) => {
      log.info({ ...step });
    },
  }),
});

try {
  const address = await ingester.start();
  log.info({ listening: address, connections: Object.keys(config.connections) });
} catch (error) {
  exit(listenProblem(error as NodeJS.ErrnoException));
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));

async function stop(signal: string): Promise<void> {
  log.info({ stopping: signal });
  await ingester.stop();
  log.info({ stopped: signal });
}

function openStore({ dataFolder, highWaterMark, retryUnmatched }: Config): Store {
  try {
    return openSqliteStore({ folder: dataFolder, highWaterMark, retryUnmatched });
  } catch (error) {
    const problem = `the store in SCORELINE_DATA (${dataFolder}) cannot be opened (${(error as Error).message})`;
    throw new ConfigError(`${problem}; set it to a folder that can be written and that no other ingester uses`);
  }
}

function listenProblem({ code, message }: NodeJS.ErrnoException): string {
  const place = `${config.host}:${config.port}`;
  if (code === 'EADDRINUSE') return `${place} is in use by another program; set PORT to a free port`;
  if (code === 'EACCES') return `this user may not listen on ${place}; set PORT to one above 1023`;
  return `cannot listen on ${place} (${message}); set HOST and PORT`;
}

function orExit<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConfigError) exit(error.message);
    throw error;
  }
}

function exit(message: string): never {
  process.stderr.write(`ingester: ${message}\n`);
  process.exit(1);
}
