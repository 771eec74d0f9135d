import { setTimeout } from 'node:timers/promises';
import { startOrg, type TestOrg } from '../org.ts';
import { until } from '../until.ts';
import { startCrew, type CrashPlan } from './crew.ts';
import { compare, createLoad, filler, type Difference } from './load.ts';
import { post, startSenders } from './senders.ts';
import type { Cluster } from './server.ts';
import { newFolder } from './worker.ts';

export interface Plan {
  /** Null: SQLite, and one worker. */
  cluster: Cluster | null;
  workers: number;
  people: number;
  events: number;
  senders: number;
  crashes: CrashPlan;
  /** What the org is told to fail with, one after the other, spread over the run. */
  faults: readonly object[];
  /** What happens to the database server, spread over the run. */
  disasters: readonly ('restart' | 'failOver')[];
  /** How long all may take to stand in the org after the last event was accepted, in milliseconds. */
  patience: number;
  /** Called every few seconds. */
  progress?: (line: object) => void;
}

export interface Report extends Difference {
  accepted: number;
  refused: number;
  kills: number;
  /** Some wait for calls that nobody had to make any more, such as another login. */
  faultsMet: number;
  disasters: number;
  longestGapMs: number;
  seconds: number;
}

/** Puts a load through real processes while they, the org and the database fail, and compares what stands in the org. */
export async function runDurability(plan: Plan): Promise<Report> {
  const startedAt = performance.now();
  const org = await startOrg();
  const load = createLoad(org, plan);
  const place = plan.cluster ? { databaseUrl: plan.cluster.url } : { folder: newFolder() };
  const crew = startCrew(org, place, plan.workers, plan.crashes);
  let over = false;
  const busy = keepBusy(org, crew.url, () => over);
  const senders = startSenders(load.events, { url: crew.url, senders: plan.senders, repeatOneIn: 20 });
  const told = setInterval(() => {
    plan.progress?.({ accepted: senders.accepted(), kills: crew.kills(), pointsLeft: crew.left() });
  }, 5000);
  try {
    /** The n-th of several things that are spread over the events. */
    const turnOf = (n: number, of: number) =>
      until(() => senders.accepted() >= ((n + 1) * plan.events) / (of + 1), 'events are accepted', Infinity);
    const failures = inTurn(plan.faults, async (fault, n) => {
      await turnOf(n, plan.faults.length);
      await org.fault(fault);
    });
    const disasters = inTurn(plan.disasters, async (disaster, n) => {
      await turnOf(n, plan.disasters.length);
      await plan.cluster![disaster]();
    });
    await Promise.all([senders.done, failures, disasters, crew.allMet]);
    over = true;
    await busy;
    await until(() => isIdle(crew.url()), 'all is written', plan.patience);
    return {
      ...compare(org, load),
      accepted: senders.accepted(),
      refused: senders.refused(),
      kills: crew.kills(),
      faultsMet: plan.faults.length - (await org.faultsLeft()),
      disasters: plan.disasters.length,
      longestGapMs: Math.round(senders.longestGap()),
      seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    };
  } finally {
    over = true;
    clearInterval(told);
    await crew.stop();
    await org.stop();
  }
}

async function inTurn<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  for (const [index, item] of items.entries()) await work(item, index);
}

/** Work for every step until each point has been met, however soon the load is through. */
async function keepBusy(org: TestOrg, url: () => string, isOver: () => boolean): Promise<void> {
  for (let number = 0; !isOver(); number += 1) {
    const event = filler(org, number);
    while (!(await post(url(), event)) && !isOver()) await setTimeout(30);
    await setTimeout(30);
  }
}

/** Nothing waits in the store. */
async function isIdle(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/status`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
  if (!answer?.ok) return false;
  const { counts } = (await answer.json()) as { counts: Record<string, number> };
  const waiting = ['inbox', 'outbox', 'setAside', 'unmatched'].reduce((sum, what) => sum + counts[what]!, 0);
  return waiting === 0;
}
