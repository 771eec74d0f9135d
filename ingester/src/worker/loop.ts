import type { Log } from '../log.ts';
import { Throttled } from '../salesforce/errors.ts';
import { backoff } from './backoff.ts';

/** What a step answers after a round: whether there is more to do at once, or when it will be due (never: undefined). */
export type Round = { more: true } | { more: false; dueAt?: number | undefined };

export interface LoopOptions {
  name: string;
  round: () => Promise<Round>;
  clock: () => number;
  random: () => number;
  /** How long a round pauses when the org has no calls left, in milliseconds. */
  throttlePause: number;
  /** The longest that a round waits without being woken or due, in milliseconds; Infinity if only these put up work. */
  lookEvery: number;
  log: Log;
}

export interface Loop {
  /** There may be work. Asks no one to wait. */
  readonly wake: () => void;
  /** Resolves when the round in progress is over. */
  readonly stop: () => Promise<void>;
  /** Why the last round failed; null after one that did not. */
  readonly failure: () => string | null;
}

/** setTimeout goes wrong beyond 2^31 ms; a loop that is due later looks again in between. */
const LONGEST_SLEEP = 3_600_000;

/**
 * Runs rounds while there is work, sleeps until it is woken or due, and never gives up: a round that fails is tried
 * again, later and later. A failing round is not hurried by being woken.
 */
export function createLoop({ name, round, clock, random, throttlePause, lookEvery, log }: LoopOptions): Loop {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let woken = false;
  let stopped = false;
  let failures = 0;
  let failure: string | null = null;

  function sleep(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(start, Math.max(0, Math.min(ms, LONGEST_SLEEP)));
  }

  function start(): void {
    if (stopped || running) return;
    clearTimeout(timer);
    running = run().finally(() => {
      running = undefined;
      if (woken && failures === 0) start();
    });
  }

  async function run(): Promise<void> {
    try {
      for (;;) {
        woken = false;
        const result = await round();
        if (failures > 0) log.info({ step: name, recovered: failures });
        failures = 0;
        failure = null;
        if (stopped) return;
        if (result.more) continue;
        const { dueAt = Infinity } = result;
        if (Math.min(dueAt, lookEvery) < Infinity) sleep(Math.min(dueAt - clock(), lookEvery));
        return;
      }
    } catch (error) {
      failures += 1;
      failure = reasonOf(error);
      const pause = error instanceof Throttled ? throttlePause : backoff(failures - 1, random);
      log.warn({ step: name, failure, failures, pause });
      if (!stopped) sleep(pause);
    }
  }

  return {
    wake() {
      woken = true;
      if (failures === 0) start();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
    failure: () => failure,
  };
}

/** The code where there is one, as messages of Salesforce may quote personal data. */
const reasonOf = (error: unknown): string =>
  error instanceof Error
    ? 'code' in error
      ? `${error.name} ${String(error.code)}`
      : (error.stack ?? error.name)
    : String(error);
