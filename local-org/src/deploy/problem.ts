import { LoadError } from '../errors.ts';
import type { Xml } from '../metadata/xml.ts';

/** What is wrong with a component, and where in its file, both from 1. */
export interface Problem {
  readonly problem: string;
  readonly line: number;
  readonly column: number;
}

export const problemAt = (xml: Xml, problem: string): Problem => ({ problem, ...xml.place });

export const problemOf = ({ problem, line, column }: LoadError): Problem => ({ problem, line, column });

/** Runs a check that throws a LoadError where the metadata is wrong. */
export function problemIn(check: () => unknown): Problem | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof LoadError) return problemOf(error);
    throw error;
  }
}
