import { BatchJob } from '../bulk/batch-job.ts';
import type { Jobs } from '../bulk/jobs.ts';
import { QueryJob } from '../bulk/query-job.ts';
import { ApiError } from '../errors.ts';
import { checkLength } from '../soql/parse.ts';
import { jobList } from './bulk-jobs.ts';
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
  checkLength(query);
  const { user, version, allowances } = call;
  const asked = { soql: query, all: operation === 'queryAll', format: formatOf(body) };
  const begin = QueryJob.begin(jobs.shelf, user.id, asked);
  if (!allowances.of('DailyBulkV2QueryJobs').take())
    throw new ApiError(400, 'EXCEEDEDQUOTA', 'the daily allowance of bulk query jobs is used up');
  const job = jobs.open(QueryJob, user, version, begin);
  void job.run();
  return ok(job.info());
}

function jobOf(jobs: Jobs, { params }: Call): QueryJob {
  const job = jobs.find(QueryJob, params['id']);
  if (!job) throw notFound();
  return job;
}

function abort(jobs: Jobs, call: Call): Reply {
  const job = jobOf(jobs, call);
  const { state } = objectBody(call);
  if (state !== 'Aborted') throw invalidJob(`Invalid state: ${String(state)}`);
  if (job.isFinished) throw invalidState(`The job ${job.data.id} is ${job.data.state} and cannot become Aborted`);
  job.become('Aborted');
  return ok(job.info());
}

function remove(jobs: Jobs, call: Call): Reply {
  const job = jobOf(jobs, call);
  if (!job.isFinished) throw invalidState(`The job ${job.data.id} is ${job.data.state}`);
  jobs.delete(job);
  return noContent;
}

function completed(jobs: Jobs, call: Call): QueryJob {
  const job = jobOf(jobs, call);
  const { id, state } = job.data;
  if (state !== 'JobComplete') throw invalidState(`The job ${id} is ${state}: it has no results`);
  return job;
}

/** Pages that a client can read side by side, in an answer. */
const mostPages = 5;

/** The addresses of the pages of a result, to read them side by side. */
function resultPages(jobs: Jobs, call: Call): Reply {
  const { id, count } = completed(jobs, call).data;
  const { version, query } = call;
  const first = query['locator'] === undefined ? 0 : fromLocator(query['locator']);
  const pages = Array.from({ length: Math.max(Math.ceil(count / most), 1) }, (_, i) => i * most);
  const listed = pages.filter((start) => start >= first).slice(0, mostPages);
  const next = (listed.at(-1) ?? 0) + most;
  const path = `/services/data/v${version}/jobs/query/${id}`;
  return ok({
    resultPages: listed.map((start) => ({ resultUrl: `${path}/results?locator=${toLocator(start)}` })),
    nextRecordsUrl: next < count ? `${path}/resultPages?locator=${toLocator(next)}` : null,
    done: next >= count,
  });
}

/** A page of rows; the header `Sforce-Locator` says where the next one begins, `null` on the last. */
function results(jobs: Jobs, call: Call): Reply {
  const job = completed(jobs, call);
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
    jobList(jobs, path, (job) => job instanceof QueryJob || (job instanceof BatchJob && job.isQuery)),
    { method: 'POST', path, handle: (call) => open(jobs, call) },
    { method: 'GET', path: `${path}/:id`, handle: (call) => ok(jobOf(jobs, call).info()) },
    { method: 'PATCH', path: `${path}/:id`, handle: (call) => abort(jobs, call) },
    { method: 'DELETE', path: `${path}/:id`, handle: (call) => remove(jobs, call) },
    { method: 'GET', path: `${path}/:id/resultPages`, handle: (call) => resultPages(jobs, call) },
    { method: 'GET', path: `${path}/:id/results`, handle: (call) => results(jobs, call) },
  ];
};
