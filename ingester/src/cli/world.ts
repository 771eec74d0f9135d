import type { World } from './command.ts';

/** The process itself. */
export const world: World = {
  clock: Date.now,
  random: Math.random,
  fetch,
  out: (line) => {
    process.stdout.write(`${line}\n`);
  },
  say: (line) => {
    process.stderr.write(`${line}\n`);
  },
};
