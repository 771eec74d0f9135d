import { parseArgs } from 'node:util';
import { readConfig, secretsOf, type Config } from '../config.ts';
import { createIngester } from '../ingester.ts';
import { createLog } from '../log.ts';
import { createSalesforce } from '../salesforce/salesforce.ts';
import { openStore } from '../store/open.ts';
import { Refused, type Command } from './command.ts';

/** The composition root: configuration and the real world in, one running ingester out. */
export const serve: Command = {
  summary: 'runs the ingester until SIGTERM or SIGINT',
  help: `scoreline serve

Runs the ingester. Logs are JSON lines on stderr. SIGTERM and SIGINT end it in good order: what is being answered is answered,
rounds in progress end, the store is closed. Configuration: SCORELINE_CONFIG and the variables of ingester/README.md.`,
  async run(args, { environment, clock, random, fetch, say }) {
    parseArgs({ args, options: {} });
    const config = readConfig(environment);
    const store = await openStore({ config, clock, random });
    const log = createLog(
      (line) => {
        say(line.trimEnd());
      },
      clock,
      secretsOf(config),
    );
    const { callTimeout: timeout, concurrency } = config;
    const ingester = createIngester({
      config,
      store,
      salesforce: createSalesforce({ ...config.salesforce, timeout, concurrency, clock }),
      fetch,
      clock,
      random,
      log,
      ...(config.trace && {
        onStep: (step) => {
          log.info({ ...step });
        },
      }),
    });

    const asked = stopSignal();
    try {
      const address = await ingester.start();
      log.info({ listening: address, connections: Object.keys(config.connections) });
    } catch (error) {
      await ingester.stop();
      throw new Refused(listenProblem(config, error as NodeJS.ErrnoException));
    }
    const signal = await asked;
    log.info({ stopping: signal });
    await ingester.stop();
    log.info({ stopped: signal });
    return 0;
  },
};

const stopSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });

function listenProblem({ host, port }: Config, { code, message }: NodeJS.ErrnoException): string {
  const place = `${host}:${port}`;
  if (code === 'EADDRINUSE') return `${place} is in use by another program; set PORT to a free port`;
  if (code === 'EACCES') return `this user may not listen on ${place}; set PORT to one above 1023`;
  return `cannot listen on ${place} (${message}); set HOST and PORT`;
}
