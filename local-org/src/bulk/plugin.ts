import { XMLParser } from 'fast-xml-parser';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NotSupported } from '../errors.ts';
import type { Allowances } from '../limits/allowances.ts';
import type { ApiCalls } from '../limits/api-calls.ts';
import type { Org, User } from '../org.ts';
import type { Sessions } from '../oauth/sessions.ts';
import { elements } from '../xml.ts';
import { answerError } from '../rest/errors.ts';
import { isVersion } from '../rest/versions.ts';
import { BatchJob, refuse } from './batch-job.ts';
import type { BatchJobRequest } from './batch-job.ts';
import type { Jobs } from './jobs.ts';

type AsyncRequest = FastifyRequest<{ Params: { version: string; job: string; batch: string; result: string } }>;

const parser = new XMLParser({ parseTagValue: false });
const namespace = 'xmlns="http://www.force.com/2009/06/asyncapi/dataload"';

const xml = (reply: FastifyReply, root: string, content: string) =>
  reply
    .type('application/xml; charset=UTF-8')
    .send(`<?xml version="1.0" encoding="UTF-8"?><${root} ${namespace}>${content}</${root}>`);

export interface BulkOneOptions {
  readonly org: Org;
  readonly sessions: Sessions;
  readonly jobs: Jobs;
  readonly calls: ApiCalls;
  readonly allowances: Allowances;
}

/** Bulk 1, in XML and CSV, below `/services/async/66.0`. */
export function bulkOne(
  app: FastifyInstance,
  { org, sessions, jobs, calls, allowances }: BulkOneOptions,
  done: () => void,
): void {
  app.setErrorHandler((error, _, reply) => {
    const { status, body } = answerError(error);
    const [{ errorCode, message }] = body as [{ errorCode: string; message: string }];
    return xml(reply.code(status), 'error', elements({ exceptionCode: errorCode, exceptionMessage: message }));
  });

  const caller = ({ headers, params }: AsyncRequest): User => {
    if (!isVersion(params.version)) throw refuse('InvalidVersion', `Invalid version: ${params.version}`);
    const user = sessions.find(String(headers['x-sfdc-session']));
    if (!user) throw refuse('InvalidSessionId', 'Invalid session id');
    calls.count();
    return user;
  };
  const jobOf = (request: AsyncRequest): BatchJob => {
    caller(request);
    const job = jobs.find(BatchJob, request.params.job);
    if (!job) throw refuse('InvalidJob', `Unable to find object: ${request.params.job}`);
    return job;
  };
  const jobInfo = (reply: FastifyReply, job: BatchJob) => xml(reply, 'jobInfo', elements(job.info()));

  const root = '/services/async/:version/job';
  app.post(root, (request: AsyncRequest, reply) => {
    const user = caller(request);
    const asked = readJobInfo(request.body);
    const job = jobs.open(BatchJob, user, request.params.version, BatchJob.begin(org.as(user), user, asked));
    return jobInfo(reply.code(201), job);
  });
  app.get(`${root}/:job`, (request: AsyncRequest, reply) => jobInfo(reply, jobOf(request)));
  app.post(`${root}/:job`, (request: AsyncRequest, reply) => {
    const job = jobOf(request);
    job.close(readJobInfo(request.body).state ?? '');
    return jobInfo(reply, job);
  });

  app.post(`${root}/:job/batch`, (request: AsyncRequest, reply) => {
    const job = jobOf(request);
    if (request.headers['sforce-enable-pkchunking'] !== undefined)
      throw new NotSupported('PK chunking in a job of Bulk 1');
    if (!allowances.of('DailyBulkApiBatches').take())
      throw refuse('ExceededQuota', 'the daily allowance of bulk batches is used up');
    const batch = job.add(typeof request.body === 'string' ? request.body : '');
    return xml(reply.code(201), 'batchInfo', elements(job.batchInfo(batch)));
  });
  app.get(`${root}/:job/batch`, (request: AsyncRequest, reply) => {
    const job = jobOf(request);
    const list = job.batches.map((batch) => `<batchInfo>${elements(job.batchInfo(batch))}</batchInfo>`);
    return xml(reply, 'batchInfoList', list.join(''));
  });
  app.get(`${root}/:job/batch/:batch`, (request: AsyncRequest, reply) => {
    const job = jobOf(request);
    return xml(reply, 'batchInfo', elements(job.batchInfo(job.batch(request.params.batch))));
  });
  app.get(`${root}/:job/batch/:batch/result`, (request: AsyncRequest, reply) => {
    const job = jobOf(request);
    const batch = finished(job, request.params.batch);
    if (job.isQuery) return xml(reply, 'result-list', elements({ result: batch.data.id.replace(/^751/, '752') }));
    return reply.type('text/csv; charset=UTF-8').send(batch.result());
  });
  app.get(`${root}/:job/batch/:batch/result/:result`, (request: AsyncRequest, reply) =>
    reply.type('text/csv; charset=UTF-8').send(finished(jobOf(request), request.params.batch).result()),
  );
  done();
}

function finished(job: BatchJob, id: string) {
  const batch = job.batch(id);
  if (batch.data.state === 'Completed') return batch;
  throw refuse('InvalidBatch', `Batch not completed: ${id}`);
}

function readJobInfo(body: unknown): BatchJobRequest & { state?: string } {
  try {
    const { jobInfo } = parser.parse(body as string) as { jobInfo?: BatchJobRequest };
    if (jobInfo) return jobInfo;
  } catch {
    // told below
  }
  throw refuse('InvalidJob', 'a jobInfo in XML is expected');
}
