import type { User } from '../org.ts';
import { datetimeText } from '../time.ts';
import { manifest } from './failure.ts';
import type { Failure } from './failure.ts';
import type { Deployed, DeployOptions, Success } from './deploy.ts';

/** A deployment that was asked for, and what became of it. */
export interface Deployment {
  readonly id: string;
  readonly user: User;
  readonly options: DeployOptions;
  /** Epoch milliseconds. */
  readonly asked: number;
  readonly done?: { readonly at: number; readonly outcome: Deployed | { readonly error: string } };
}

/** A DeployResult of the Metadata API; REST answers it as JSON, SOAP as XML. */
export type DeployResult = Readonly<Record<string, unknown>>;

export function deployResult(deployment: Deployment, { details = false } = {}): DeployResult {
  const { id, user, options, asked, done } = deployment;
  const outcome = done && 'successes' in done.outcome ? done.outcome : { successes: [], failures: [] };
  const error = done && 'error' in done.outcome ? done.outcome.error : undefined;
  const status = statusOf(deployment);
  return {
    id,
    checkOnly: options.checkOnly ?? false,
    completedDate: done ? datetimeText(done.at) : null,
    createdBy: user.id,
    createdByName: user.name,
    createdDate: datetimeText(asked),
    done: done !== undefined,
    ...(error === undefined ? {} : { errorMessage: error, errorStatusCode: 'UNKNOWN_EXCEPTION' }),
    ignoreWarnings: false,
    lastModifiedDate: datetimeText(done?.at ?? asked),
    numberComponentErrors: outcome.failures.length,
    numberComponentsDeployed: outcome.successes.length,
    numberComponentsTotal: outcome.successes.length + outcome.failures.length,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError ?? false,
    runTestsEnabled: false,
    startDate: datetimeText(asked),
    status,
    success: status === 'Succeeded' || status === 'SucceededPartial',
    ...(details ? { details: detailsOf(outcome, datetimeText(done?.at ?? asked)) } : {}),
  };
}

function statusOf({ done, options }: Deployment): string {
  if (!done) return 'Pending';
  if ('error' in done.outcome) return 'Failed';
  if (done.outcome.failures.length === 0) return 'Succeeded';
  return options.rollbackOnError || done.outcome.successes.length === 0 ? 'Failed' : 'SucceededPartial';
}

function detailsOf({ successes, failures }: Deployed, createdDate: string) {
  const common = { createdDate, deleted: false, warning: false };
  const packageItself: Success = { type: '', fullName: manifest, file: manifest, created: false, changed: true };
  return {
    componentFailures: failures.map(({ type, fullName, file, problem, line, column }: Failure) => ({
      ...common,
      changed: false,
      columnNumber: column,
      componentType: type,
      created: false,
      fileName: file,
      fullName,
      lineNumber: line,
      problem,
      problemType: 'Error',
      success: false,
    })),
    componentSuccesses: [...(successes.length > 0 ? [packageItself] : []), ...successes].map(
      ({ type, fullName, file, created, changed }) => ({
        ...common,
        changed,
        componentType: type,
        created,
        fileName: file,
        fullName,
        success: true,
      }),
    ),
    runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
  };
}
