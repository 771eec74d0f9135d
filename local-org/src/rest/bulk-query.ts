import type { Jobs } from '../bulk/jobs.ts';
import { QueryJob } from '../bulk/query-job.ts';
import { ApiError } from '../errors.ts';
import { csv, formatOf, invalidJob, invalidState } from './bulk-request.ts';
import { noContent, notFound, objectBody } from './request.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';

/** Rows in a page, where the client does not ask for fewer. */
const most = 50_000;

function open(jobs: Jobs, call: Call): Reply {
  const body = objectBody(call);
  const { operation, query } = body;
  if (operation !== 'query' && operation !== 'queryAll') throw invalidJob(`Invalid operation '${String(operation)}'`);
  if (typeof query !== 'string') throw invalidJob('query: a SOQL query is expected');
  const format = formatOf(body);
  const job = jobs.open((id) => new QueryJob(call.org, call.user, id, query, operation === 'queryAll', format));
  void job.run();
  return ok(job.info(call.version));
}

function jobOf(jobs: Jobs, { params }: Call): QueryJob {
  const job = jobs.find(QueryJob, params['id']);
  if (!job) throw notFound();
  return job;
}

const running = ({ state }: QueryJob) => state === 'UploadComplete' || state === 'InProgress';

function abort(jobs: Jobs, call: Call): Reply {
  const job = jobOf(jobs, call);
  const { state } = objectBody(call);
  if (state !== 'Aborted') throw invalidJob(`Invalid state: ${String(state)}`);
  if (!running(job)) throw invalidState(`The job ${job.id} is ${job.state} and cannot become Aborted`);
  job.state = 'Aborted';
  return ok(job.info(call.version));
}

function remove(jobs: Jobs, call: Call): Reply {
  const job = jobOf(jobs, call);
  if (running(job)) throw invalidState(`The job ${job.id} is ${job.state}`);
  jobs.delete(job);
  return noContent;
}

/** A page of rows; the header `Sforce-Locator` says where the next one begins, `null` on the last. */
function results(jobs: Jobs, call: Call): Reply {
  const job = jobOf(jobs, call);
  if (job.state !== 'JobComplete') throw invalidState(`The job ${job.id} is ${job.state}: it has no results`);
  const { locator, maxRecords = String(most) } = call.query;
  const size = Number(maxRecords);
  if (!Number.isInteger(size) || size < 1) throw invalidJob(`Invalid maxRecords: ${maxRecords}`);
  const { csv: body, count, next } = job.page(locator === undefined ? 0 : fromLocator(locator), Math.min(size, most));
  return csv(body, {
    'sforce-locator': next === undefined ? 'null' : toLocator(next),
    'sforce-numberofrecords': String(count),
  });
}

const toLocator = (row: number) => Buffer.from(String(row)).toString('base64url');

function fromLocator(locator: string): number {
  const row = Buffer.from(locator, 'base64url').toString();
  if (!/^\d{1,9}$/.test(row)) throw new ApiError(400, 'INVALID_LOCATOR', `Invalid locator: ${locator}`);
  return Number(row);
}

export const bulkQuery = (jobs: Jobs): Route[] => {
  const path = '/jobs/query';
  return [
    { method: 'POST', path, handle: (call) => open(jobs, call) },
    { method: 'GET', path: `${path}/:id`, handle: (call) => ok(jobOf(jobs, call).info(call.version)) },
    { method: 'PATCH', path: `${path}/:id`, handle: (call) => abort(jobs, call) },
    { method: 'DELETE', path: `${path}/:id`, handle: (call) => remove(jobs, call) },
    { method: 'GET', path: `${path}/:id/results`, handle: (call) => results(jobs, call) },
  ];
};
