import { RowError } from '../dml/row-error.ts';
import { FormulaError } from '../formula/term.ts';
import type { Datum } from './datum.ts';
import { Fault, InterviewFailed } from './failure.ts';
import type { Condition, Interview, Program, Step } from './program.ts';

/** Elements that a flow saved with API version 56.0 or earlier may execute. */
const MOST_ELEMENTS = 2_000;
/** Later ones are stopped by the CPU time limit; the local org counts instead of measuring. */
const MOST_ELEMENTS_BY_TIME = 100_000;

/** Runs one interview, from the start of the flow or of one of its paths to the end. Throws InterviewFailed. */
export function runFlow(program: Program, interview: Interview, first = program.start.first): void {
  for (const { name, initial, kind } of program.variables)
    if (!interview.values.has(name))
      interview.values.set(name, withoutFault(() => initial?.evaluate(interview)) ?? unset(kind.collection));
  const most = program.apiVersion < 57 ? MOST_ELEMENTS : MOST_ELEMENTS_BY_TIME;
  for (let next = first; next !== undefined;) {
    if (++interview.usage.elements > most)
      throw new InterviewFailed(
        program.apiVersion < 57 ? 'Number of iterations exceeded' : 'Apex CPU time limit exceeded',
      );
    next = runStep(program.steps.get(next)!, interview);
  }
}

/** Whether what triggered the flow meets its entry conditions. Throws InterviewFailed where they cannot be asked. */
export const meetsEntry = (entry: Condition, interview: Interview): boolean => withoutFault(() => entry(interview));

const unset = (collection: boolean | undefined): Datum => (collection ? [] : null);

function runStep(step: Step, interview: Interview): string | undefined {
  try {
    return step.run(interview);
  } catch (error) {
    if (!isFault(error)) throw error;
    interview.fault = error.message;
    if (step.fault === undefined) throw new InterviewFailed(error.message);
    return step.fault;
  }
}

function withoutFault<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isFault(error)) throw new InterviewFailed(error.message);
    throw error;
  }
}

const isFault = (error: unknown): error is Error =>
  error instanceof Fault || error instanceof FormulaError || error instanceof RowError;
