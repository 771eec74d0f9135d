/** Runs contestants in turn, several rounds each, in one process: only ratios within one run mean anything. */

export interface Contestant<Input> {
  readonly name: string;
  /** The part of the input that a slow contestant is given; all by default. */
  readonly part?: number;
  /** What it comes to, to be the same for all who are given the same. */
  readonly run: (input: readonly Input[]) => unknown;
}

export interface Measured {
  readonly name: string;
  /** Of the median round, in inputs per second. */
  readonly rate: number;
}

const ROUNDS = 5;

/** @throws Error if a contestant comes to another sum than the first one over the same inputs */
export async function measure<Input>(
  inputs: readonly Input[],
  contestants: readonly Contestant<Input>[],
  rounds = ROUNDS,
): Promise<Measured[]> {
  const times = contestants.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, { name, part = 1, run }] of contestants.entries()) {
      const given = part === 1 ? inputs : inputs.slice(0, Math.ceil(inputs.length * part));
      const start = performance.now();
      const sum = await run(given);
      const took = performance.now() - start;
      if (round >= 0) times[index]!.push((given.length * 1000) / took);
      else await check(name, sum, contestants[0]!.run(given)); // the first round warms up, and is compared
    }
  }
  return contestants.map(({ name }, index) => ({ name, rate: median(times[index]!) }));
}

async function check(name: string, sum: unknown, expected: unknown): Promise<void> {
  const [a, b] = [JSON.stringify(sum), JSON.stringify(await expected)];
  if (a !== b) throw new Error(`${name} comes to ${a}, expected ${b}`);
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** A table as the README shows it, each rate beside that of the first contestant. */
export function report(title: string, unit: string, measured: readonly Measured[]): void {
  console.log(`\n${title}\n\n| contestant | ${unit} | of the engine's |\n|---|---|---|`);
  for (const { name, rate } of measured) {
    console.log(
      `| ${name} | ${Math.round(rate).toLocaleString('en-US')} | ${(rate / measured[0]!.rate).toPrecision(3)} |`,
    );
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
