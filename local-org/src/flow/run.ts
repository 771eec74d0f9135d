import type { Row } from '../schema/types.ts';
import { FormulaError } from '../formula/term.ts';
import type {
  Assignment,
  CreateRecord,
  Element,
  Interview,
  Program,
  UpdateRecords,
  UpdateTriggeringRecord,
} from './program.ts';

/** How an interview writes; each throws a Refusal where Salesforce would refuse. */
export interface Writer {
  /** Returns the ID of the new record. */
  create(element: CreateRecord, row: Row): string;
  updateTriggeringRecord(row: Row): void;
  updateRecords(element: UpdateRecords, filter: Row, row: Row): void;
}

/** Salesforce refused what a flow wanted to write: `REQUIRED_FIELD_MISSING: Required fields are missing: [Name]`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** An interview ended at an element without a fault path; the triggering save fails with it. */
export class InterviewFailed extends Error {
  override readonly name = 'InterviewFailed';
}

type DataElement = CreateRecord | UpdateTriggeringRecord | UpdateRecords;

/** Salesforce ends an interview that goes round in circles at this many elements. */
const MOST_ELEMENTS = 2_000;

/** Runs one interview from the start to the end of its path. */
export function run({ elements, first }: Program, interview: Interview, writer: Writer): void {
  let next = first;
  for (let count = 0; next !== undefined; count++) {
    if (count > MOST_ELEMENTS) throw new InterviewFailed('Number of iterations exceeded');
    const element = elements.get(next) as Element;
    next = element.kind === 'decision' ? decide(element, interview) : write(element, interview, writer);
  }
}

const decide = (element: Extract<Element, { kind: 'decision' }>, interview: Interview) =>
  (element.outcomes.find(({ holds }) => holds(interview)) ?? { next: element.otherwise }).next;

function write(element: DataElement, interview: Interview, writer: Writer): string | undefined {
  try {
    const row = evaluate(element.assignments, interview);
    if (element.kind === 'create') interview.created.set(element.name, writer.create(element, row));
    else if (element.kind === 'update record') writer.updateTriggeringRecord(row);
    else writer.updateRecords(element, evaluate(element.filters, interview), row);
    return element.next;
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof FormulaError)) throw error;
    const action = element.kind === 'create' ? 'create' : 'update';
    const message = `This error occurred when the flow tried to ${action} records: ${error.message}. You can look up ExceptionCode values in the SOAP API Developer Guide.`;
    if (element.fault === undefined) throw new InterviewFailed(message);
    interview.fault = message;
    return element.fault;
  }
}

const evaluate = (list: readonly Assignment[], interview: Interview): Row =>
  Object.fromEntries(list.map(({ field, value }) => [field, value.evaluate(interview)]));
