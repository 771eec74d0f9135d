import { setTimeout } from 'node:timers/promises';
import type { TestOrg } from '../org.ts';
import { orgPoints } from './points.ts';
import { startWorker, type Place, type Worker } from './worker.ts';

export interface Crew {
  /** A worker to send to; they take turns. */
  readonly url: () => string;
  /** Resolves when every point has been met. */
  readonly allMet: Promise<void>;
  readonly kills: () => number;
  /** The points that have not been met. */
  readonly left: () => number;
  readonly stop: () => Promise<void>;
}

/** After how many times at a point the process dies: 1 to `most`. */
export interface CrashPlan {
  points: readonly string[];
  most: number;
  random: () => number;
}

/**
 * Keeps `size` workers running, each with the next point of the plan: at its point it dies by itself, and another is
 * started in its place. At the points that only the org sees, all workers are killed.
 */
export function startCrew(org: TestOrg, place: Place, size: number, plan: CrashPlan): Crew {
  const inside = plan.points.filter((point) => !isOrgPoint(point));
  const outside = plan.points.filter(isOrgPoint);
  const workers: (Worker | null)[] = Array.from({ length: size }, () => null);
  let turn = 0;
  let kills = 0;
  let met = 0;
  let stopping = false;
  const isOver = () => stopping;
  let finish: () => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const allMet = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  const meet = () => {
    met += 1;
    if (met === plan.points.length) finish();
  };
  if (plan.points.length === 0) finish();

  org.watch((seam, path) => {
    if (!path.endsWith('/composite') || inside.length > 0 || `org ${seam}` !== outside[0]) return;
    const alive = workers.filter((worker) => worker !== null);
    if (alive.length === 0) return;
    outside.shift();
    for (const worker of alive) worker.kill();
    workers.fill(null);
    meet();
  });

  async function keep(index: number): Promise<void> {
    while (!isOver()) {
      const point = inside.shift();
      const crashAt = point && `${point}#${1 + Math.floor(plan.random() * plan.most)}`;
      const worker = await supervise(() => startWorker(org, place, crashAt));
      workers[index] = worker;
      if (isOver()) worker?.stop();
      // One that takes up what the last one left may meet its point before it listens.
      const how = worker === null ? 'SIGKILL' : await worker.gone;
      workers[index] = null;
      if (isOver()) return;
      if (how !== 'SIGKILL') throw new Error(`the ingester ended by itself (${how})`);
      kills += 1;
      if (point !== undefined) meet();
    }
  }
  const kept = Promise.all(workers.map((_, index) => keep(index))).catch(fail);

  return {
    url() {
      turn += 1;
      const alive = workers.filter((worker) => worker !== null);
      return alive[turn % alive.length]?.url ?? 'http://127.0.0.1:9';
    },
    allMet,
    kills: () => kills,
    left: () => plan.points.length - met,
    async stop() {
      stopping = true;
      for (const worker of workers) worker?.stop();
      await kept;
    },
  };
}

/** A start while the database is away fails, and is repeated as a supervisor would; null: killed before it listened. */
async function supervise(start: () => Promise<Worker>): Promise<Worker | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (String(error).includes('(SIGKILL)')) return null;
      if (attempt === 20) throw error;
      await setTimeout(500);
    }
  }
}

const isOrgPoint = (point: string): boolean => (orgPoints as readonly string[]).includes(point);
