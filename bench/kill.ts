/**
 * The durability run of ingester/test/pipeline/crash.test.ts, as long as you like: workers killed at every step in turn,
 * over and over, the org failing in every way, the database server killed or its primary replaced by the standby; then
 * what stands in the org beside an evaluation from scratch. Prints its numbers; exit code 1 if anything differs.
 *
 *     node bench/kill.ts --store sqlite --events 50000
 *     node bench/kill.ts --store postgres --workers 4 --events 50000 --restarts 3
 *     node bench/kill.ts --store postgres --workers 2 --events 50000 --failover
 */
import { parseArgs } from 'node:util';
import { orgFaults } from '../ingester/test/support/durability/faults.ts';
import { points } from '../ingester/test/support/durability/points.ts';
import { runDurability } from '../ingester/test/support/durability/run.ts';
import { startCluster } from '../ingester/test/support/durability/server.ts';
import { seeded } from './measure.ts';

const { values } = parseArgs({
  options: {
    store: { type: 'string', default: 'sqlite' },
    workers: { type: 'string', default: '1' },
    events: { type: 'string', default: '50000' },
    people: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '3' },
    restarts: { type: 'string', default: '0' },
    failover: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
  },
});
const { store } = values;
if (store !== 'sqlite' && store !== 'postgres') throw new Error('--store takes sqlite or postgres');

const rounds = Number(values.rounds);
const repeated = <T>(items: readonly T[]): T[] => Array.from({ length: rounds }, () => items).flat();
const cluster = store === 'postgres' ? await startCluster({ standby: values.failover }) : null;
const report = await runDurability({
  cluster,
  workers: Number(values.workers),
  people: Number(values.people),
  events: Number(values.events),
  senders: 16,
  crashes: { points: repeated(points[store]), most: 10, random: seeded(Number(values.seed)) },
  faults: repeated(orgFaults),
  disasters: [
    ...Array.from({ length: Number(values.restarts) }, () => 'restart' as const),
    ...(values.failover ? ['failOver' as const] : []),
  ],
  patience: 600_000,
  progress: (line) => {
    console.error(JSON.stringify(line));
  },
});
await cluster?.stop();
console.log(JSON.stringify({ store, workers: Number(values.workers), ...report }));
process.exit(report.missing + report.tooMany + report.wrongScores === 0 ? 0 : 1);
