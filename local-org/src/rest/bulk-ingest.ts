import { IngestJob } from '../bulk/ingest-job.ts';
import type { Jobs } from '../bulk/jobs.ts';
import { checkLoad } from '../bulk/load.ts';
import { ApiError, NotSupported } from '../errors.ts';
import { csv, formatOf, invalidJob, invalidState } from './bulk-request.ts';
import { noContent, notFound, objectBody } from './request.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';

const refuse = (code: string, message: string) => new ApiError(400, code.toUpperCase(), message);

function open(jobs: Jobs, call: Call): Reply {
  const body = objectBody(call);
  if (body['operation'] === 'hardDelete') throw new NotSupported('hardDelete in a bulk job');
  const load = checkLoad(call.org, body, refuse);
  const job = jobs.open((id) => new IngestJob(call.org, call.user, id, load, formatOf(body)));
  return ok(job.info(call.version));
}

function jobOf(jobs: Jobs, { params }: Call): IngestJob {
  const job = jobs.find(IngestJob, params['id']);
  if (!job) throw notFound();
  return job;
}

function upload(jobs: Jobs, call: Call): Reply {
  const job = jobOf(jobs, call);
  if (job.state !== 'Open') throw invalidState(`The job ${job.id} is not open`);
  if (job.content !== undefined)
    throw invalidState(
      `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
    );
  job.content = typeof call.body === 'string' ? call.body : '';
  return { status: 201 };
}

/** `UploadComplete` hands the job over for processing, `Aborted` ends it wherever it is. */
function change(jobs: Jobs, call: Call): Reply {
  const job = jobOf(jobs, call);
  const { state } = objectBody(call);
  if (state !== 'UploadComplete' && state !== 'Aborted') throw invalidJob(`Invalid state: ${String(state)}`);
  if (state === 'UploadComplete' ? job.state !== 'Open' : finished(job))
    throw invalidState(`The job ${job.id} is ${job.state} and cannot become ${state}`);
  job.state = state;
  if (state === 'UploadComplete') void job.run();
  return ok(job.info(call.version));
}

const finished = ({ state }: IngestJob) => ['JobComplete', 'Failed', 'Aborted'].includes(state);

function remove(jobs: Jobs, call: Call): Reply {
  const job = jobOf(jobs, call);
  if (!finished(job) && job.state !== 'Open') throw invalidState(`The job ${job.id} is ${job.state}`);
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
      if (!finished(job)) throw invalidState(`The job ${job.id} is ${job.state}: its results are not there yet`);
      return csv(read(job));
    },
  });
  return [
    { method: 'POST', path, handle: (call) => open(jobs, call) },
    { method: 'PUT', path: `${path}/:id/batches`, handle: (call) => upload(jobs, call) },
    { method: 'PATCH', path: `${path}/:id`, handle: (call) => change(jobs, call) },
    { method: 'GET', path: `${path}/:id`, handle: (call) => ok(jobOf(jobs, call).info(call.version)) },
    { method: 'DELETE', path: `${path}/:id`, handle: (call) => remove(jobs, call) },
    results('successfulResults', (job) => job.successes()),
    results('failedResults', (job) => job.failures()),
    results('unprocessedrecords', (job) => job.unprocessed()),
  ];
};
