import { createBindStep } from './bind/step.ts';
import type { Config } from './config.ts';
import { createModels } from './evaluate/models.ts';
import { createEvaluateStep } from './evaluate/step.ts';
import { createServer } from './http/server.ts';
import type { Status } from './http/status.ts';
import { createAccept } from './inbox/accept.ts';
import { createLedgerStep } from './ledger/step.ts';
import type { Log } from './log.ts';
import { createOutboxStep } from './outbox/step.ts';
import type { Salesforce } from './salesforce/salesforce.ts';
import type { Store } from './store/store.ts';
import type { OnStep } from './trace.ts';
import { createLoop, type Round } from './worker/loop.ts';

export interface IngesterParts {
  config: Config;
  store: Store;
  salesforce: Salesforce;
  /** Asks hosts of sources (SNS). */
  fetch: typeof globalThis.fetch;
  clock: () => number;
  /** 0..1 */
  random: () => number;
  log: Log;
  onStep?: OnStep;
}

export interface Ingester {
  /** Listens, and takes up whatever the last run left. Resolves with the address, such as `http://127.0.0.1:8080`. */
  readonly start: () => Promise<string>;
  /** Answers what is being answered, ends the rounds in progress and closes the store. */
  readonly stop: () => Promise<void>;
  readonly status: () => Promise<Status>;
}

/** Puts the four steps together: each wakes the next, and each would find its work by itself. */
export function createIngester(parts: IngesterParts): Ingester {
  const { config, store, salesforce, fetch, clock, random, log, onStep = () => undefined } = parts;
  const models = createModels({ salesforce, store, clock, log });
  let accepted = 0;

  const common = { config, store, salesforce, models, fetch, clock, random, log, onStep };
  const { throttlePause } = config;
  const loop = (name: string, round: () => Promise<Round>) =>
    createLoop({ name, round, clock, random, throttlePause, lookEvery: store.lookEvery, log });
  const wakeBind = () => {
    bind.wake();
  };
  const outbox = loop('outbox', createOutboxStep(common));
  const evaluate = loop('evaluate', createEvaluateStep({ ...common, onSaved: outbox.wake, onGone: wakeBind }));
  const bind = loop('bind', createBindStep({ ...common, onBound: evaluate.wake }));
  const onEntries = () => {
    bind.wake();
    evaluate.wake();
  };
  const ledger = loop('ledger', createLedgerStep({ ...common, onEntries }));
  const loops = { ledger, bind, evaluate, outbox };

  const status = async (): Promise<Status> => ({
    counts: await store.counts(),
    accepted,
    salesforceCalls: salesforce.calls(),
    failures: Object.fromEntries(Object.entries(loops).map(([name, { failure }]) => [name, failure()])),
    skippedModels: Object.fromEntries(models.problems()),
  });

  const onAccepted = (delivery: number, ms: number) => {
    accepted += 1;
    onStep({ step: 'accepted', delivery, ms });
    ledger.wake();
  };
  const server = createServer({ ...common, accept: createAccept(common), status, onAccepted });

  return {
    async start() {
      const address = await server.listen({ host: config.host, port: config.port });
      await store.retrySetAside(clock());
      for (const { wake } of Object.values(loops)) wake();
      return address;
    },
    async stop() {
      await server.close();
      await Promise.all(Object.values(loops).map(({ stop }) => stop()));
      await store.close();
    },
    status,
  };
}
