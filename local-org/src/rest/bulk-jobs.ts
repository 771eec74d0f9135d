import { BatchJob } from '../bulk/batch-job.ts';
import type { Job, Jobs } from '../bulk/jobs.ts';
import { datetimeText } from '../time.ts';
import { invalidJob } from './bulk-request.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';

/** Jobs in an answer. */
const most = 1000;

/** A list of jobs, those of Bulk 1 too, as `jobType` and the other filters choose them. */
function list(jobs: Jobs, isListed: (job: Job) => boolean, { query, version }: Call, path: string): Reply {
  const start = Number(query['queryLocator'] ?? 0);
  if (!Number.isInteger(start) || start < 0) throw invalidJob(`Invalid queryLocator: ${query['queryLocator']!}`);
  const { jobType, concurrencyMode, isPkChunkingEnabled } = query;
  const found = jobs.all
    .filter(isListed)
    .map(infoOf)
    .filter((info) => jobType === undefined || info.jobType.toLowerCase() === jobType.toLowerCase())
    .filter((info) => concurrencyMode?.toLowerCase() !== 'serial' || info.concurrencyMode === 'Serial')
    .filter(() => isPkChunkingEnabled?.toLowerCase() !== 'true');
  const end = start + most;
  const done = end >= found.length;
  const records = found.slice(start, end);
  const nextRecordsUrl = done ? null : `/services/data/v${version}${path}?queryLocator=${end}`;
  return ok({ done, records, nextRecordsUrl });
}

function infoOf(job: Job) {
  if (!(job instanceof BatchJob)) return job.info();
  const { id, operation, object, createdById, state, concurrencyMode, apiVersion } = job.info();
  const created = datetimeText(job.data.created);
  return {
    ...{ id, operation, object, createdById, createdDate: created, systemModstamp: created, state, concurrencyMode },
    ...{ contentType: 'CSV', apiVersion: Number(apiVersion), jobType: 'Classic' },
  };
}

/** `GET /jobs/ingest` or `GET /jobs/query`. */
export const jobList = (jobs: Jobs, path: string, isListed: (job: Job) => boolean): Route => ({
  method: 'GET',
  path,
  handle: (call) => list(jobs, isListed, call, path),
});
