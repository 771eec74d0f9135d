import type { SaveContext } from '../dml/dml.ts';
import type { PublishedEvent, User } from '../org.ts';
import type { Row } from '../schema/types.ts';
import { datetimeText } from '../time.ts';
import { FlowRecord } from './datum.ts';
import { InterviewFailed } from './failure.ts';
import { hostFor } from './host.ts';
import type { Surroundings } from './host.ts';
import { newInterview } from './interview.ts';
import type { EventStart, Path, Program, RecordStart } from './program.ts';
import { meetsEntry, runFlow } from './run.ts';
import type { Schedule, Waiting } from './schedule.ts';

/** A path that failed is tried again after so many minutes, then given up. */
const RETRY_AFTER = [15, 30, 60, 120] as const;

/** Runs one path that is due, in a transaction of its own. A failure is mailed to the admin, and tried again. */
export function runPath(surroundings: Surroundings, schedule: Schedule, system: User, waiting: Waiting): void {
  const { dml, outbox, user: findUser } = surroundings;
  const program = surroundings.flow(waiting.flow);
  const path =
    program?.start.kind === 'record' ? program.start.paths.find(({ name }) => name === waiting.path) : undefined;
  if (!program || !path) {
    schedule.done(waiting);
    return;
  }
  const start = program.start as RecordStart;
  const user = findUser(waiting.user) ?? system;
  const work = () => {
    const row = dml.records.read(start.object, waiting.record);
    if (row && row['IsDeleted'] !== true)
      runOne(surroundings, { program, start, path, user, row, prior: priorOf(waiting) });
    schedule.done(waiting);
  };
  const failed = failureOf(() => {
    dml.database.transaction(work);
  });
  if (failed === undefined) return;
  const minutes = RETRY_AFTER[waiting.attempts];
  const retryAt = minutes === undefined ? undefined : dml.clock() + minutes * 60_000;
  outbox.add({
    kind: 'flow error',
    sentAt: datetimeText(dml.clock()),
    flow: program.name,
    record: waiting.record,
    message: failed,
    retryAt: retryAt === undefined ? null : datetimeText(retryAt),
  });
  if (retryAt === undefined) schedule.done(waiting);
  else schedule.retry(waiting, retryAt);
}

const priorOf = ({ prior }: Waiting) => (prior === null ? null : (JSON.parse(prior) as Row));

interface Run {
  readonly program: Program;
  readonly start: RecordStart;
  readonly path: Path;
  readonly user: User;
  readonly row: Row;
  readonly prior: Row | null;
}

/** A path that was scheduled is run only if the record, as it is by now, still meets the entry conditions. */
function runOne(surroundings: Surroundings, { program, start, path, user, row, prior }: Run): void {
  const context: SaveContext = { user, depth: 1, running: new Set([`${program.name} ${row['Id'] as string}`]) };
  const interview = newInterview({
    user,
    now: surroundings.dml.clock(),
    host: hostFor(surroundings, context),
    record: new FlowRecord(start.object, row),
    prior: prior && new FlowRecord(start.object, prior),
  });
  if (path.when === 'after commit' || meetsEntry(start.entry, interview)) runFlow(program, interview, path.first);
}

/** Runs a platform-event-triggered flow for one event, in a transaction of its own. Salesforce does not try it again. */
export function runEvent(surroundings: Surroundings, system: User, program: Program, event: PublishedEvent): void {
  const { dml, outbox } = surroundings;
  const start = program.start as EventStart;
  const context: SaveContext = { user: system, depth: 0, running: new Set() };
  const interview = newInterview({
    user: system,
    now: dml.clock(),
    host: hostFor(surroundings, context),
    record: new FlowRecord(start.object, { ...event.fields }),
  });
  const failed = failureOf(() => {
    dml.database.transaction(() => {
      if (meetsEntry(start.entry, interview)) runFlow(program, interview);
    });
  });
  if (failed === undefined) return;
  outbox.add({
    kind: 'flow error',
    sentAt: datetimeText(dml.clock()),
    flow: program.name,
    record: null,
    message: failed,
    retryAt: null,
  });
}

/** Nobody waits for this work, so whatever goes wrong has to be told by its message. */
function failureOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof InterviewFailed ? error.message : String((error as Error).stack);
  }
}
