import type { Automation, Change, Dml, SaveContext } from '../dml/dml.ts';
import { coerce } from '../dml/coerce.ts';
import { insert } from '../dml/insert.ts';
import { RowError } from '../dml/row-error.ts';
import { update } from '../dml/update.ts';
import type { SaveResult } from '../org.ts';
import type { Row, SObject } from '../schema/types.ts';
import type { Interview, Program } from './program.ts';
import { InterviewFailed, Refusal, run, type Writer } from './run.ts';

/** Salesforce's limit to saves that set off saves. */
const MOST_DEPTH = 16;

/** Runs the flows of an org around its saves. `dml` is asked for at run time, because it holds this automation. */
export function flowAutomation(programs: readonly Program[], dml: () => Dml): Automation {
  const inOrder = programs.toSorted((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
  const runAll = (timing: Program['timing'], context: SaveContext, change: Change) => {
    for (const program of inOrder)
      if (program.timing === timing && program.object === change.object) runOne(dml(), program, context, change);
  };
  return {
    beforeSave: (context, change) => {
      runAll('before', context, change);
    },
    afterSave: (context, change) => {
      runAll('after', context, change);
    },
  };
}

function runOne(dml: Dml, program: Program, context: SaveContext, change: Change): void {
  const interviewKey = `${program.name} ${change.id}`;
  if (context.running.has(interviewKey) || !starts(dml, program, change)) return;
  if (context.depth >= MOST_DEPTH)
    throw new RowError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `${program.name}: maximum trigger depth exceeded`);
  const inner = { user: context.user, depth: context.depth + 1, running: new Set([...context.running, interviewKey]) };
  try {
    run(program, interviewOf(dml, change.after, change.before), writerFor(dml, inner, program, change));
  } catch (error) {
    if (!(error instanceof InterviewFailed)) throw error;
    const message = `We can't save this record because the “${program.label}” process failed. Give your Salesforce admin these details. ${error.message}`;
    throw new RowError('CANNOT_EXECUTE_FLOW_TRIGGER', message);
  }
}

function starts(dml: Dml, { runsOn, entry, onlyWhenChangedToMeet }: Program, { before, after }: Change): boolean {
  if (before === null) return runsOn.create && entry(interviewOf(dml, after, null));
  if (!runsOn.update || !entry(interviewOf(dml, after, before))) return false;
  return !onlyWhenChangedToMeet || !entry(interviewOf(dml, before, before));
}

const interviewOf = (dml: Dml, record: Row, prior: Row | null): Interview => ({
  record,
  prior,
  now: dml.clock(),
  created: new Map(),
  fault: null,
  read: (object, id) => dml.records.read(object, id),
  compute: (object, id, field) => dml.records.value(object, id, field),
});

function writerFor(dml: Dml, context: SaveContext, program: Program, change: Change): Writer {
  const save = (results: readonly SaveResult[]): SaveResult => {
    const error = results.find(({ success }) => !success)?.errors[0];
    if (error) throw new Refusal(`${error.statusCode}: ${error.message}`);
    return results[0] ?? { success: true, errors: [] };
  };
  const allOrNone = { allOrNone: true };
  return {
    create: ({ object }, row) => save(insert(dml, context, object, [row], allOrNone)).id ?? '',
    updateTriggeringRecord: (row) => {
      if (program.timing === 'before') assign(change.object, change.after, row);
      else save(update(dml, context, change.object, [{ ...row, Id: change.id }], allOrNone));
    },
    updateRecords: ({ object }, filter, row) => {
      const rows = matching(dml, object, filter).map((Id) => ({ ...row, Id }));
      if (rows.length > 0) save(update(dml, context, object, rows, allOrNone));
    },
  };
}

function assign(object: SObject, record: Row, changes: Row): void {
  for (const [name, value] of Object.entries(changes)) {
    const field = object.field(name)!;
    record[field.name] = coerce(field, value);
  }
}

/** The IDs of the records all of whose filtered fields have these values. */
function matching(dml: Dml, object: SObject, filter: Row): string[] {
  const found = Object.entries(filter).map(([name, value]) => {
    const field = object.field(name)!;
    const wanted = coerce(field, value);
    return new Set(
      typeof wanted === 'string' || typeof wanted === 'number' ? dml.records.find(object, field, wanted) : [],
    );
  });
  const [first = new Set<string>(), ...others] = found;
  return [...first].filter((id) => others.every((ids) => ids.has(id)));
}
