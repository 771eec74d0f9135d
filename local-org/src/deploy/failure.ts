import type { Problem } from './problem.ts';

/** What is wrong with a component, or with a file that belongs to none (whose type is then empty). */
export interface Failure extends Problem {
  readonly type: string;
  readonly fullName: string;
  readonly file: string;
}

export const manifest = 'package.xml';

export const failureIn = (file: string, problem: string): Failure => ({
  type: '',
  fullName: file,
  file,
  problem,
  line: 1,
  column: 1,
});
