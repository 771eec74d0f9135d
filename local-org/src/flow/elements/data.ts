import { RowError } from '../../dml/row-error.ts';
import { ApiError } from '../../errors.ts';
import { FormulaError } from '../../formula/term.ts';
import { FlowRecord, isCollection } from '../datum.ts';
import { Fault, InterviewFailed } from '../failure.ts';
import type { Names } from '../names.ts';
import { refuse, type Place } from '../problem.ts';
import type { Interview } from '../program.ts';
import { compileReference } from '../reference.ts';

/** Queries and writes that one transaction may make. */
const most = { queries: 100, writes: 150 } as const;
const limitNames = { queries: 'SOQL queries', writes: 'DML statements' } as const;

/** Reads or writes records for an element; what Salesforce refuses becomes a fault that says what the flow tried. */
export function attempt<T>(interview: Interview, counts: keyof typeof most, tried: string, work: () => T): T {
  if (++interview.usage[counts] > most[counts])
    throw new InterviewFailed(`System.LimitException: Too many ${limitNames[counts]}: ${most[counts] + 1}`);
  return faulting(tried, work);
}

/** Runs the work of an element so that its refusals become faults. */
export function faulting<T>(tried: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const start = `This error occurred when the flow tried to ${tried}: `;
    if (error instanceof Fault || error instanceof FormulaError) throw new Fault(start + error.message);
    const code = error instanceof RowError ? error.statusCode : error instanceof ApiError ? error.errorCode : undefined;
    if (code === undefined) throw error;
    throw new Fault(
      `${start}${code}: ${(error as Error).message}. You can look up ExceptionCode values in the SOAP API Developer Guide.`,
    );
  }
}

/** The records behind `<inputReference>`: one, or those of a collection. */
export function compileRecords(place: Place, names: Names, reference: string) {
  const { type, object, evaluate } = compileReference(place, names, reference);
  if (type !== 'record') return refuse(place, `"${reference}" is no record`);
  const records = (interview: Interview): FlowRecord[] => {
    const datum = evaluate(interview);
    return (isCollection(datum) ? datum : [datum]).filter((each) => each instanceof FlowRecord);
  };
  return { object: object!, records };
}
