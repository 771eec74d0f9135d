import type { Automation, Change, SaveContext } from '../dml/dml.ts';
import { RowError } from '../dml/row-error.ts';
import { FlowRecord } from './datum.ts';
import { InterviewFailed } from './failure.ts';
import { hostFor } from './host.ts';
import type { Surroundings } from './host.ts';
import { newInterview } from './interview.ts';
import type { Program, RecordStart } from './program.ts';
import { meetsEntry, runFlow } from './run.ts';
import type { Schedule } from './schedule.ts';

/** Salesforce's limit to saves that set off saves. */
const MOST_DEPTH = 16;

/** Runs the record-triggered flows around saves. `inOrder` is asked at each save: flows may be deployed in between. */
export function recordTriggers(
  inOrder: () => readonly Program[],
  surroundings: () => Surroundings,
  schedule: Schedule,
): Automation {
  const runAll = (timing: RecordStart['timing'], context: SaveContext, change: Change) => {
    for (const program of inOrder())
      if (program.start.kind === 'record' && program.start.object.name === change.object.name)
        if (program.start.timing === timing) runOne(surroundings(), schedule, program, program.start, context, change);
  };
  return {
    beforeSave: (context, change) => {
      runAll('before save', context, change);
    },
    afterSave: (context, change) => {
      runAll('after save', context, change);
    },
    beforeDelete: (context, object, id) => {
      const row = surroundings().dml.records.read(object, id);
      if (row && row['IsDeleted'] !== true) runAll('before delete', context, { object, id, before: row, after: row });
    },
  };
}

function runOne(
  surroundings: Surroundings,
  schedule: Schedule,
  program: Program,
  start: RecordStart,
  context: SaveContext,
  change: Change,
): void {
  const concerned = change.before === null ? start.runsOn.create : start.runsOn.update || start.runsOn.delete;
  if (!concerned && start.paths.length === 0) return;
  const { dml } = surroundings;
  const interviewKey = `${program.name} ${change.id}`;
  const inner: SaveContext = {
    user: context.user,
    depth: context.depth + 1,
    running: new Set([...context.running, interviewKey]),
  };
  const begin = ({ before, after }: Pick<Change, 'before' | 'after'>) =>
    newInterview({
      user: context.user,
      now: dml.clock(),
      // Before the save, what the flow writes into the record is saved with it.
      host:
        start.timing === 'before save'
          ? { ...hostFor(surroundings, inner), update: () => {} }
          : hostFor(surroundings, inner),
      record: new FlowRecord(start.object, start.timing === 'before save' ? after : { ...after }),
      prior: before && new FlowRecord(start.object, { ...before }),
    });
  try {
    const interview = begin(change);
    const meets = meetsEntry(start.entry, interview);
    const starts =
      meets && isStarting(start, change, (row) => meetsEntry(start.entry, begin({ before: row, after: row })));
    const again = context.running.has(interviewKey);
    if (start.paths.length > 0) schedule.follow({ program, start, context, change, meets, starts: starts && !again });
    if (!starts || again) return;
    if (context.depth >= MOST_DEPTH)
      throw new RowError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `${program.name}: maximum trigger depth exceeded`);
    runFlow(program, interview);
  } catch (error) {
    if (!(error instanceof InterviewFailed)) throw error;
    const message = `We can't save this record because the “${program.label}” process failed. Give your Salesforce admin these details. ${error.message}`;
    throw new RowError('CANNOT_EXECUTE_FLOW_TRIGGER', message);
  }
}

/** Whether a save that leaves the record meeting the entry conditions starts the flow. */
function isStarting(
  { timing, runsOn, onlyWhenChangedToMeet }: RecordStart,
  { before }: Change,
  met: (row: Change['after']) => boolean,
) {
  if (timing === 'before delete') return true;
  if (before === null) return runsOn.create;
  return runsOn.update && !(onlyWhenChangedToMeet && met(before));
}
