/** Runs contestants in turn, many short rounds each, in one process: only ratios within one run mean anything. */

export interface Contestant<Input> {
  readonly name: string;
  /** The part of the input that a slow contestant is given; all by default. */
  readonly part?: number;
  /** What it comes to, to be the same for all who are given the same. */
  readonly run: (input: readonly Input[]) => unknown;
}

/** In inputs per second. */
export interface Measured {
  readonly name: string;
  readonly median: number;
  readonly best: number;
}

const ROUNDS = 21;

/** @throws Error if a contestant comes to another sum than the first one over the same inputs */
export async function measure<Input>(
  inputs: readonly Input[],
  contestants: readonly Contestant<Input>[],
  rounds = ROUNDS,
): Promise<Measured[]> {
  const rates = contestants.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, { name, part = 1, run }] of contestants.entries()) {
      const given = part === 1 ? inputs : inputs.slice(0, Math.ceil(inputs.length * part));
      const start = performance.now();
      const sum = await run(given);
      const took = performance.now() - start;
      if (round >= 0) rates[index]!.push((given.length * 1000) / took);
      else await check(name, sum, contestants[0]!.run(given)); // the first round warms up, and is compared
    }
  }
  return contestants.map(({ name }, index) => {
    const own = rates[index]!;
    return { name, median: median(own), best: Math.max(...own) };
  });
}

async function check(name: string, sum: unknown, expected: unknown): Promise<void> {
  const [a, b] = [JSON.stringify(sum), JSON.stringify(await expected)];
  if (a !== b) throw new Error(`${name} comes to ${a}, expected ${b}`);
}

export function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)]!;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/**
 * A table as the README shows it. Ratios are the engine's rate, the first one, to the others': of the medians, and of the
 * best rounds, which other work on the machine has disturbed least.
 */
export function report(title: string, unit: string, measured: readonly Measured[]): void {
  const [engine] = measured;
  const figures = [`${unit}, median`, 'best', 'engine is times as fast, median', 'best'];
  console.log(`\n| ${[title, ...figures].join(' | ')} |\n|---${'|---'.repeat(figures.length)}|`);
  for (const { name, median, best } of measured) {
    const ratios = [engine!.median / median, engine!.best / best].map((ratio) => ratio.toPrecision(3));
    const rates = [median, best].map((rate) => Math.round(rate).toLocaleString('en-US'));
    console.log(`| ${[name, ...rates, ...ratios].join(' | ')} |`);
  }
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
