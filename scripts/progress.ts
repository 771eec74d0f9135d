import { performance } from 'node:perf_hooks';

const TICK_MS = 5_000;

/** Runs `work`, saying what it is while it takes its time and how long it took: `  build the package ... 2.1 s`. */
export async function step<T>(label: string, work: () => Promise<T> | T): Promise<T> {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const ticking = setInterval(() => {
    console.error(`  ${label} ... ${seconds()} so far`);
  }, TICK_MS);
  try {
    const result = await work();
    console.error(`  ${label} ... ${seconds()}`);
    return result;
  } finally {
    clearInterval(ticking);
  }
}
