import type { SaveContext } from '../dml/dml.ts';
import { RowError } from '../dml/row-error.ts';
import type { User } from '../org.ts';
import type { Schema, Value } from '../schema/types.ts';
import { datetimeText } from '../time.ts';
import { FlowRecord, isCollection } from './datum.ts';
import type { Datum } from './datum.ts';
import { InterviewFailed } from './failure.ts';
import { hostFor } from './host.ts';
import type { Surroundings } from './host.ts';
import { newInterview } from './interview.ts';
import { kindName } from './kind.ts';
import type { Kind } from './kind.ts';
import type { Program, Variable } from './program.ts';
import { runFlow } from './run.ts';

/** What one interview that a client asked for came to. */
export type Invocation =
  | { readonly success: true; readonly guid: string; readonly outputs: Readonly<Record<string, unknown>> }
  | { readonly success: false; readonly statusCode: string; readonly message: string };

/** Runs an autolaunched flow with the inputs of a client, in a transaction that is undone when it fails. */
export function invoke(
  surroundings: Surroundings,
  program: Program,
  { user, permitted }: { readonly user: User; readonly permitted: Schema | undefined },
  inputs: Readonly<Record<string, unknown>>,
): Invocation {
  const { dml } = surroundings;
  const context: SaveContext = { user, depth: 0, running: new Set(), ...(permitted ? { permitted } : {}) };
  const interview = newInterview({ user, now: dml.clock(), host: hostFor(surroundings, context) });
  try {
    for (const [name, value] of Object.entries(inputs)) {
      const variable = program.variables.find((each) => each.isInput && each.name === name);
      if (!variable) throw new RowError('INVALID_API_INPUT', `${program.name} has no input ${name}`);
      interview.values.set(variable.name, readInput(variable, value));
    }
    dml.database.transaction(() => {
      runFlow(program, interview);
    });
  } catch (error) {
    if (error instanceof RowError) return { success: false, statusCode: error.statusCode, message: error.message };
    if (!(error instanceof InterviewFailed)) throw error;
    return { success: false, statusCode: 'UNKNOWN_EXCEPTION', message: unhandled(program, error.message) };
  }
  const outputs = program.variables
    .filter(({ isOutput }) => isOutput)
    .map(({ name }) => [name, shown(interview.values.get(name) ?? null)] as const);
  return { success: true, guid: interview.guid, outputs: Object.fromEntries(outputs) };
}

const unhandled = ({ label }: Program, message: string) =>
  `An unhandled fault has occurred in this flow. An unhandled fault has occurred while processing the flow ${label}. ${message}`;

function readInput({ name, kind }: Variable, value: unknown): Datum {
  if (value === null) return null;
  const wrong = () => new RowError('INVALID_API_INPUT', `the input ${name} takes a ${kindName(kind)}`);
  if (!kind.collection) return readItem(kind, value, wrong);
  if (!Array.isArray(value)) throw wrong();
  return value.map((item) => readItem(kind, item, wrong));
}

function readItem({ type, object }: Kind, value: unknown, wrong: () => RowError): Datum {
  if (type === 'record') {
    if (typeof value !== 'object' || value === null) throw wrong();
    const record = new FlowRecord(object!);
    for (const [field, given] of Object.entries(value as Record<string, Value>)) {
      if (field === 'attributes') continue;
      if (!object!.field(field)) throw new RowError('INVALID_FIELD', `No such column '${field}' on ${object!.name}`);
      record.set(field, given);
    }
    return record;
  }
  const reader = readers[type];
  const read = reader ? reader(value) : typeof value === 'string' ? value : undefined;
  if (read === undefined) throw wrong();
  return read;
}

const instant = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : NaN);
const number = (value: unknown) => (typeof value === 'number' ? value : undefined);

/** Values of JSON as variables of a type hold them; text stays text. */
const readers: Partial<Record<Kind['type'], (value: unknown) => Value | undefined>> = {
  double: number,
  currency: number,
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  date: (value) => (Number.isNaN(instant(value)) ? undefined : (value as string).slice(0, 10)),
  datetime: (value) => (Number.isNaN(instant(value)) ? undefined : datetimeText(instant(value))),
};

function shown(datum: Datum): unknown {
  if (isCollection(datum)) return datum.map(shown);
  if (!(datum instanceof FlowRecord)) return datum;
  return { attributes: { type: datum.object.name }, ...datum.fields };
}
