import { BatchJob } from '../bulk/batch-job.ts';
import { IngestJob } from '../bulk/ingest-job.ts';
import type { Jobs } from '../bulk/jobs.ts';
import { checkLoad } from '../bulk/load.ts';
import { ApiError } from '../errors.ts';
import { jobList } from './bulk-jobs.ts';
import { csv, formatOf, invalidJob, invalidState } from './bulk-request.ts';
import { readMultipart } from './multipart.ts';
import { noContent, notFound, objectBody } from './request.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';

const refuse = (code: string, message: string) => new ApiError(400, code.toUpperCase(), message);

/** Opens a job; one with its rows in the same multipart request is processed at once. */
function open(jobs: Jobs, call: Call): Reply {
  const { body: asked, content } = readMultipart(call);
  const body = objectBody({ ...call, body: asked });
  const load = checkLoad(call.org, call.user, body, refuse);
  const job = jobs.open(IngestJob, call.user, call.version, IngestJob.begin(formatOf(body), load));
  if (content !== undefined) {
    job.upload(content);
    process(call, job);
  }
  return ok(job.info());
}

function jobOf(jobs: Jobs, { params }: Call): IngestJob {
  const job = jobs.find(IngestJob, params['id']);
  if (!job) throw notFound();
  return job;
}

function upload(jobs: Jobs, call: Call): Reply {
  const job = jobOf(jobs, call);
  const { id, state, uploaded } = job.data;
  if (state !== 'Open') throw invalidState(`The job ${id} is not open`);
  if (uploaded)
    throw invalidState(
      `Found multiple contents for job: <${id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
    );
  job.upload(typeof call.body === 'string' ? call.body : '');
  return { status: 201 };
}

/** `UploadComplete` hands the job over for processing, `Aborted` ends it wherever it is. */
function change(jobs: Jobs, call: Call): Reply {
  const job = jobOf(jobs, call);
  const { state } = objectBody(call);
  if (state !== 'UploadComplete' && state !== 'Aborted') throw invalidJob(`Invalid state: ${String(state)}`);
  if (state === 'UploadComplete' ? job.data.state !== 'Open' : job.isFinished)
    throw invalidState(`The job ${job.data.id} is ${job.data.state} and cannot become ${state}`);
  if (state === 'UploadComplete') process(call, job);
  else job.become(state);
  return ok(job.info());
}

function process({ allowances }: Call, job: IngestJob): void {
  if (!allowances.of('DailyBulkApiBatches').take(job.batches))
    throw refuse('ExceededQuota', 'the daily allowance of bulk batches is used up');
  job.become('UploadComplete');
  void job.run();
}

function remove(jobs: Jobs, call: Call): Reply {
  const job = jobOf(jobs, call);
  if (!job.isFinished && job.data.state !== 'Open') throw invalidState(`The job ${job.data.id} is ${job.data.state}`);
  jobs.delete(job);
  return noContent;
}

export const bulkIngest = (jobs: Jobs): Route[] => {
  const path = '/jobs/ingest';
  const results = (name: string, read: (job: IngestJob) => string): Route => ({
    method: 'GET',
    path: `${path}/:id/${name}`,
    handle: (call) => {
      const job = jobOf(jobs, call);
      const { id, state } = job.data;
      if (!job.isFinished) throw invalidState(`The job ${id} is ${state}: its results are not there yet`);
      return csv(read(job));
    },
  });
  return [
    jobList(jobs, path, (job) => job instanceof IngestJob || (job instanceof BatchJob && !job.isQuery)),
    { method: 'POST', path, handle: (call) => open(jobs, call) },
    { method: 'PUT', path: `${path}/:id/batches`, handle: (call) => upload(jobs, call) },
    { method: 'PATCH', path: `${path}/:id`, handle: (call) => change(jobs, call) },
    { method: 'GET', path: `${path}/:id`, handle: (call) => ok(jobOf(jobs, call).info()) },
    { method: 'DELETE', path: `${path}/:id`, handle: (call) => remove(jobs, call) },
    results('successfulResults', (job) => job.successes()),
    results('failedResults', (job) => job.failures()),
    results('unprocessedrecords', (job) => job.unprocessed()),
  ];
};
