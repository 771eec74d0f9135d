import type { Config } from '../../src/config.ts';
import { createIngester } from '../../src/ingester.ts';
import { createSalesforce } from '../../src/salesforce/salesforce.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Step } from '../../src/trace.ts';
import { testConfig } from './config.ts';
import { keptLog } from './log.ts';
import type { TestOrg } from './org.ts';
import { until } from './until.ts';

export type Pipeline = Awaited<ReturnType<typeof startPipeline>>;

/** The whole ingester in this process, against a local org over HTTP. */
export async function startPipeline(org: TestOrg, more: Partial<Config> = {}) {
  const config = testConfig({ salesforce: { loginUrl: org.url, credentials: org.credentials }, ...more });
  const { dataFolder: folder, highWaterMark, retryUnmatched, callTimeout: timeout, concurrency } = config;
  const store = openSqliteStore({ folder, highWaterMark, retryUnmatched });
  const salesforce = createSalesforce({ ...config.salesforce, timeout, concurrency, clock: Date.now });
  const log = keptLog();
  const steps: Step[] = [];
  const onStep = (step: Parameters<NonNullable<Parameters<typeof createIngester>[0]['onStep']>>[0]) => {
    if (step.step !== 'accepted') steps.push(step);
  };
  const ingester = createIngester({ config, store, salesforce, fetch, clock: Date.now, random: () => 0, log, onStep });
  const url = await ingester.start();

  const post = async (connection: string, body: string | Buffer, headers: Record<string, string> = {}) => {
    const init = { method: 'POST', headers, body: typeof body === 'string' ? body : new Uint8Array(body) };
    const response = await fetch(`${url}/in/${connection}`, init);
    await response.text();
    return response.status;
  };

  return {
    ...{ url, store, salesforce, log, steps, post },
    /** Posts an event of the generic adapter. */
    send: (event: object) => post('generic', JSON.stringify(event)),
    /** Nothing is left to do now: no delivery, no look-up, no evaluation, no row. */
    idle: () =>
      until(async () => {
        const { inbox, outbox } = await store.counts();
        const { binding = Infinity, record = Infinity } = await store.nextDue();
        return inbox + outbox === 0 && Math.min(binding, record) > Date.now();
      }, 'the pipeline is idle'),
    status: ingester.status,
    stop: ingester.stop,
  };
}
