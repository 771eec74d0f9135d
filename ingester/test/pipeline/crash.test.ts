import { describe, expect, test } from '@jest/globals';
import { orgFaults } from '../support/durability/faults.ts';
import { points } from '../support/durability/points.ts';
import { runDurability, type Plan } from '../support/durability/run.ts';
import { startCluster, type Cluster } from '../support/durability/server.ts';
import { noPostgres } from '../support/postgres.ts';

const whole = { missing: 0, tooMany: 0, wrongScores: 0 };
const plan: Plan = {
  ...{ cluster: null, workers: 1, people: 12, events: 480, senders: 4, patience: 60_000 },
  ...{ crashes: { points: [], most: 1, random: () => 0 }, faults: [], disasters: [] },
};
const crashes = (points: readonly string[]) => ({ points, most: 3, random: Math.random });

/** Nothing accepted is missing, nothing counted twice, and scores are as from scratch: bench/kill.ts for longer runs. */
describe('SQLite', () => {
  test(`killed at ${points.sqlite.length} points in turn, under load`, async () => {
    const report = await runDurability({ ...plan, crashes: crashes(points.sqlite) });
    expect(report).toMatchObject({ ...whole, accepted: plan.events });
    expect(report.kills).toBeGreaterThan(0);
  }, 300_000);

  test(`killed while the org fails in ${orgFaults.length} ways`, async () => {
    const some = points.sqlite.filter((_, index) => index % 4 === 0);
    const report = await runDurability({ ...plan, crashes: crashes(some), faults: orgFaults });
    expect(report).toMatchObject({ ...whole, accepted: plan.events });
  }, 300_000);
});

(noPostgres === null ? describe : describe.skip)(`PostgreSQL${noPostgres === null ? '' : `: ${noPostgres}`}`, () => {
  async function onCluster(standby: boolean, more: (cluster: Cluster) => Plan) {
    const cluster = await startCluster({ standby });
    try {
      const wanted = more(cluster);
      expect(await runDurability(wanted)).toMatchObject({ ...whole, accepted: wanted.events });
    } finally {
      await cluster.stop();
    }
  }

  test(
    `4 workers, killed at ${points.postgres.length} points`,
    () => onCluster(false, (cluster) => ({ ...plan, cluster, workers: 4, crashes: crashes(points.postgres) })),
    300_000,
  );

  test(
    '2 workers, while the org fails and the server is killed twice',
    () =>
      onCluster(false, (cluster) => ({
        ...{ ...plan, cluster, workers: 2, events: 960, faults: orgFaults },
        disasters: ['restart', 'restart'],
      })),
    300_000,
  );

  test(
    '1 worker, the primary is killed and its synchronous standby promoted',
    () => onCluster(true, (cluster) => ({ ...plan, cluster, workers: 1, events: 960, disasters: ['failOver'] })),
    300_000,
  );
});
