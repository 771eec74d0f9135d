/** 0: done. 1: it could not be done, or something is wrong. 2: wrong usage or wrong configuration. */
export type ExitCode = 0 | 1 | 2;

/** What commands have to do with the outside. */
export interface World {
  /** The process's own by default. */
  environment?: NodeJS.ProcessEnv;
  clock: () => number;
  /** 0..1 */
  random: () => number;
  fetch: typeof globalThis.fetch;
  /** A line of the result: stdout. */
  out: (line: string) => void;
  /** A line about how it goes: stderr. */
  say: (line: string) => void;
}

export interface Command {
  /** One line for the list of commands. */
  summary: string;
  help: string;
  run: (args: string[], world: World) => Promise<ExitCode>;
}

/** Wrong usage: the message says what is expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** It cannot be done as things are: the message says why and what to do. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
