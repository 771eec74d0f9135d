/**
 * The local org as clients meet it: its own process, a real socket, jsforce. Rows per second, memory, and how long it
 * takes to open.
 *
 * @example
 * node bench/org.ts            # with 10,000 Leads stored
 * node bench/org.ts 1000000    # with a million
 */
import { Connection } from 'jsforce';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOrg } from '../local-org/src/open.ts';
import { usernames } from '../local-org/src/seed.ts';

const ROUNDS = 7;
const BULK_ROWS = 100_000;
const root = new URL('..', import.meta.url).pathname;
const source = join(root, 'force-app');

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const stored = Number(process.argv[2] ?? 10_000);
const folder = await mkdtemp(join(tmpdir(), 'org-bench-'));
const data = join(folder, 'org.db');
try {
  await run();
} finally {
  await rm(folder, { recursive: true });
}

async function run(): Promise<void> {
  console.log(`load average before: ${loadavg()[0]!.toFixed(2)}`);
  const ids = store();
  const file = await stat(data);
  const opened: number[] = [];
  const computed: number[] = [];
  for (let round = 0; round < 3; round++) {
    const started = performance.now();
    const org = await start();
    opened.push(performance.now() - started);
    computed.push(org.cpu() * 1000);
    await org.stop();
  }
  console.log(
    `opening ${stored} rows (${Math.round(file.size / 1e6)} MB): median ${Math.round(median(opened))} ms, best ${Math.round(Math.min(...opened))} ms, of CPU ${Math.round(median(computed))} ms`,
  );

  const org = await start();
  const { client } = org;
  console.log(`memory once open: ${org.memory()} MB`);
  console.log(
    '\n| through jsforce | median rows/s | best rows/s | rows per CPU second | memory, MB |\n|---|---|---|---|---|',
  );
  const show = async (name: string, rows: number, work: () => Promise<unknown>, rounds = ROUNDS) => {
    const rates: number[] = [];
    let busy = 0;
    for (let round = -1; round < rounds; round++) {
      const started = performance.now();
      if (round === 0) busy = org.cpu();
      await work();
      if (round >= 0) rates.push((rows * 1000) / (performance.now() - started));
    }
    const shown = (rate: number) => Math.round(rate).toLocaleString('en-US');
    const spent = org.cpu() - busy;
    console.log(
      `| ${name} | ${shown(median(rates))} | ${shown(Math.max(...rates))} | ${shown((rows * rounds) / spent)} | ${org.memory()} |`,
    );
  };
  let score = 0;
  const changes = (from: number, count: number) => {
    score = (score + 1) % 100;
    return ids.slice(from, from + count).map((Id) => ({ Id, Lead_Score__c: score }));
  };
  await show('collections of 200 updates', 2000, async () => {
    for (let at = 0; at < 2000; at += 200) await client.sobject('Lead').update(changes(at, 200));
  });
  await show('composite of five collections of 200 updates', 5000, async () => {
    for (let at = 0; at < 5000; at += 1000) await client.requestPost('/services/data/v66.0/composite', composite(at));
  });
  await show('a query of 10,000 rows', 10_000, async () => {
    const soql = 'SELECT Id, Name, Company, Lead_Score__c FROM Lead LIMIT 10000';
    const { length } = (await client.query(soql, { autoFetch: true, maxFetch: 10_000 })).records;
    if (length !== 10_000) throw new Error(`${length} rows came`);
  });
  await show(`Bulk 2.0, an insert of ${BULK_ROWS.toLocaleString('en-US')} rows`, BULK_ROWS, () => bulk(client), 3);
  await org.stop();
  console.log(`\nload average after: ${loadavg()[0]!.toFixed(2)}`);

  function composite(from: number) {
    const url = '/services/data/v66.0/composite/sobjects';
    const attributes = { type: 'Lead' };
    return {
      compositeRequest: [0, 1, 2, 3, 4].map((n) => ({
        method: 'PATCH',
        url,
        referenceId: `part${n}`,
        body: { allOrNone: false, records: changes(from + n * 200, 200).map((row) => ({ attributes, ...row })) },
      })),
    };
  }
}

/** Fills a new org's file, without a server, and closes it. */
function store(): string[] {
  const org = openOrg({ source, data, clock: Date.now });
  const admin = org.user(usernames.admin)!;
  const started = performance.now();
  const ids: string[] = [];
  for (let at = 0; at < stored; at += 1000) {
    const rows = Array.from({ length: 1000 }, (_, i) => ({
      LastName: `Person ${at + i}`,
      Company: `Company ${(at + i) % 5000}`,
      Email: `person${at + i}@example.com`,
    }));
    for (const { id, errors } of org.insert(admin, 'Lead', rows)) {
      if (id === undefined) throw new Error(JSON.stringify(errors));
      if (ids.length < 5000) ids.push(id);
    }
  }
  console.log(
    `${stored} rows stored in process: ${Math.round((stored * 1000) / (performance.now() - started))} rows/s`,
  );
  org.close();
  return ids;
}

async function start() {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'local-org/src/main.ts',
      '--strict',
      '--source',
      source,
      '--port',
      '0',
      '--data',
      data,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /ready at (\S+);/.exec(line.toString())![1]!;
  const oauth2 = { loginUrl: url, clientId: 'local-org', clientSecret: 'local-org-secret' };
  const client = new Connection({ version: '66.0', instanceUrl: url, oauth2 });
  await client.authorize({ grant_type: 'client_credentials' });
  return {
    client,
    /** Resident megabytes, from Linux. */
    memory: () => {
      const status = readFileSync(`/proc/${child.pid!}/status`, 'utf8');
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1000);
    },
    /** Seconds that the org has computed for: on a busy machine the fairer measure. */
    cpu: () => {
      const [user, system] = readFileSync(`/proc/${child.pid!}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13);
      return (Number(user) + Number(system)) / 100;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** Uploads a CSV and waits for the job to be complete. */
async function bulk(client: Connection): Promise<void> {
  const lines = Array.from({ length: BULK_ROWS }, (_, i) => `Bulk ${i},Company ${i % 5000},bulk${i}@example.com\n`);
  const job = client.bulk2.createJob({ object: 'Lead', operation: 'insert' });
  await job.open();
  await job.uploadData(`LastName,Company,Email\n${lines.join('')}`);
  await job.close();
  await job.poll(50, 600_000);
  const { numberRecordsProcessed, numberRecordsFailed } = await job.check();
  if (numberRecordsProcessed !== BULK_ROWS || numberRecordsFailed !== 0)
    throw new Error(`${numberRecordsProcessed} rows processed, ${numberRecordsFailed} failed`);
}
