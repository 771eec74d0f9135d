// The composition root: configuration and the real world in, one running ingester out.
import { ConfigError, readConfig } from './config.ts';
import { createIngester } from './ingester.ts';
import { createLog } from './log.ts';
import { createSalesforce } from './salesforce/salesforce.ts';
import { openStore } from './store/open.ts';

const clock = Date.now;
const log = createLog((line) => process.stderr.write(line), clock);

const config = await orExit(readConfig);
const store = await orExit(() => openStore({ config, clock, random: Math.random }));
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

function listenProblem({ code, message }: NodeJS.ErrnoException): string {
  const place = `${config.host}:${config.port}`;
  if (code === 'EADDRINUSE') return `${place} is in use by another program; set PORT to a free port`;
  if (code === 'EACCES') return `this user may not listen on ${place}; set PORT to one above 1023`;
  return `cannot listen on ${place} (${message}); set HOST and PORT`;
}

async function orExit<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConfigError) exit(error.message);
    throw error;
  }
}

function exit(message: string): never {
  process.stderr.write(`ingester: ${message}\n`);
  process.exit(1);
}
