import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IngestJob } from '../src/bulk/ingest-job.ts';
import { Jobs } from '../src/bulk/jobs.ts';
import { QueryJob } from '../src/bulk/query-job.ts';
import { openOrg } from '../src/open.ts';
import { usernames } from '../src/seed.ts';
import { forceApp, refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
beforeAll(async () => {
  running = await start();
  running.client.bulk2.pollInterval = 5;
  running.client.bulk.pollInterval = 5;
});
afterAll(() => running.stop());

const base = '/services/data/v66.0/jobs';
const rows = (n: number) => Array.from({ length: n }, (_, i) => ({ LastName: `L${i}`, Company: 'C' }));
const csv = (n: number) =>
  `LastName,Company\n${rows(n)
    .map(({ LastName, Company }) => `${LastName},${Company}\n`)
    .join('')}`;
const headers = (more: Record<string, string> = {}) => ({
  authorization: `Bearer ${running.client.accessToken!}`,
  ...more,
});
const until = async (url: string) => {
  for (;;) {
    const job = await running.client.request<{ state: string; numberRecordsProcessed: number }>(url);
    if (!['UploadComplete', 'InProgress'].includes(job.state)) return job;
  }
};

test('jobs are listed with the newest first, those of Bulk 1 as Classic', async () => {
  const { client } = running;
  await client.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'insert', input: rows(1) });
  await client.bulk.load('Lead', 'insert', rows(1));
  await (await client.bulk2.query('SELECT Id FROM Lead')).toArray();
  const list = async (path: string) => {
    const { done, records, nextRecordsUrl } = await client.request<{
      done: boolean;
      records: { jobType: string; object: string }[];
      nextRecordsUrl: null;
    }>(`${base}${path}`);
    expect([done, nextRecordsUrl]).toEqual([true, null]);
    return records.map(({ jobType, object }) => `${jobType} ${object}`);
  };
  expect((await list('/ingest')).sort()).toEqual(['Classic Lead', 'V2Ingest Lead']);
  expect(await list('/ingest?jobType=Classic')).toEqual(['Classic Lead']);
  expect(await list('/query')).toEqual(['V2Query Lead']);
  expect(await list('/query?concurrencyMode=serial')).toEqual([]);
});

test('hardDelete wants a permission of its own, and what it takes cannot be undeleted', async () => {
  const { client } = running;
  const { id } = await client.sobject('Lead').create({ LastName: 'A', Company: 'B' });
  const refused = client.bulk2.createJob({ object: 'Lead', operation: 'hardDelete' });
  refused.on('error', () => undefined);
  expect(await refusal(refused.open())).toEqual(['FEATURENOTENABLED', expect.stringContaining('hardDelete')]);
  const set = { Name: 'Hard_Delete', Label: 'Hard Delete', PermissionsBulkApiHardDelete: true };
  const { id: PermissionSetId } = await client.sobject('PermissionSet').create(set);
  const { user_id: AssigneeId } = await client.identity();
  await client.sobject('PermissionSetAssignment').create({ PermissionSetId, AssigneeId });
  const job = client.bulk2.createJob({ object: 'Lead', operation: 'hardDelete' });
  await job.open();
  await job.uploadData(`Id\n${id!}\n`);
  await job.close();
  await job.poll(5, 5000);
  expect(await job.getSuccessfulResults()).toMatchObject([{ sf__Id: id }]);
  const admin = running.org.user(usernames.admin)!;
  expect(running.org.undelete(admin, [id!])).toMatchObject([{ success: false }]);
});

test('a job can bring its rows with it', async () => {
  const form = new FormData();
  const job = JSON.stringify({ object: 'Lead', operation: 'insert', lineEnding: 'LF' });
  form.append('job', new Blob([job], { type: 'application/json' }));
  form.append('content', new Blob([csv(3)], { type: 'text/csv' }), 'content');
  const send = (body: FormData) => fetch(`${running.url}${base}/ingest`, { method: 'POST', headers: headers(), body });
  const { id, state } = (await (await send(form)).json()) as { id: string; state: string };
  expect(state).toBe('UploadComplete');
  expect(await until(`${base}/ingest/${id}`)).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 3 });
  const half = new FormData();
  half.append('job', job);
  expect(await (await send(half)).json()).toMatchObject([{ errorCode: 'INVALID_MULTIPART_REQUEST' }]);
});

test('the pages of a result can be read side by side', async () => {
  const { client } = running;
  const { id } = await client.requestPost<{ id: string }>(`${base}/query`, {
    operation: 'query',
    query: 'SELECT LastName FROM Lead',
  });
  const { numberRecordsProcessed } = await until(`${base}/query/${id}`);
  const pages = await client.request<{ resultPages: [{ resultUrl: string }]; done: boolean }>(
    `${base}/query/${id}/resultPages`,
  );
  expect(pages).toMatchObject({ done: true, nextRecordsUrl: null });
  expect(pages.resultPages).toHaveLength(1);
  const page = await fetch(running.url + pages.resultPages[0].resultUrl, { headers: headers() });
  expect(page.headers.get('sforce-numberofrecords')).toBe(String(numberRecordsProcessed));
});

describe('a job of Bulk 1', () => {
  const send = (path: string, body: string, more: Record<string, string> = {}) =>
    fetch(`${running.url}/services/async/66.0/job${path}`, {
      method: 'POST',
      headers: { 'x-sfdc-session': running.client.accessToken!, 'content-type': 'application/xml', ...more },
      body,
    });
  const open = async (more: string, operation = 'insert') => {
    const info = `<operation>${operation}</operation><object>Lead</object>${more}<contentType>CSV</contentType>`;
    const answer = await (await send('', `<jobInfo>${info}</jobInfo>`)).text();
    return /<id>(\w+)<\/id>/.exec(answer)![1]!;
  };
  const state = async (job: string, batch: string) => {
    for (;;) {
      const url = `${running.url}/services/async/66.0/job/${job}/batch/${batch}`;
      const info = await (await fetch(url, { headers: { 'x-sfdc-session': running.client.accessToken! } })).text();
      const found = /<state>(\w+)<\/state>(?:<stateMessage>([^<]*))?/.exec(info)!;
      if (found[1] !== 'Queued' && found[1] !== 'InProgress') return [found[1], found[2]];
    }
  };
  const csvType = { 'content-type': 'text/csv' };
  const add = async (job: string, content: string) =>
    /<id>(\w+)<\/id>/.exec(await (await send(`/${job}/batch`, content, csvType)).text())![1]!;

  test('takes its batches one after the other in serial mode', async () => {
    const job = await open('<concurrencyMode>Serial</concurrencyMode>');
    const batches = [await add(job, csv(450)), await add(job, csv(1))];
    expect(await Promise.all(batches.map((batch) => state(job, batch)))).toEqual([
      ['Completed', undefined],
      ['Completed', undefined],
    ]);
    const { records } = await running.client.query<{ LastName: string }>(
      'SELECT LastName FROM Lead ORDER BY Id DESC LIMIT 2',
    );
    expect(records.map(({ LastName }) => LastName)).toEqual(['L0', 'L449']);
  });

  test('fails a batch of more than 10,000 records as a whole', async () => {
    const job = await open('');
    expect(await state(job, await add(job, csv(10_001)))).toEqual([
      'Failed',
      'InvalidBatch : a batch has at most 10000 records',
    ]);
  });

  test('refuses PK chunking by name', async () => {
    const job = await open('', 'query');
    const chunked = { ...csvType, 'sforce-enable-pkchunking': 'chunkSize=1000' };
    const answer = await send(`/${job}/batch`, 'SELECT Id FROM Lead', chunked);
    expect([answer.status, await answer.text()]).toEqual([501, expect.stringContaining('PK chunking')]);
  });
});

test('the daily allowance of batches is one per 10,000 rows, and is held', async () => {
  const remaining = async () => (await running.client.limits())['DailyBulkApiBatches']!.Remaining;
  const before = await remaining();
  const job = running.client.bulk2.createJob({ object: 'Lead', operation: 'insert' });
  await job.open();
  await job.uploadData(`LastName\n${'L\n'.repeat(20_001)}`);
  await job.close();
  expect(await remaining()).toBe(before - 3);
  await running.client.requestPatch(`${base}/ingest/${job.id}`, { state: 'Aborted' });
});

describe('jobs in a stored org', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jobs-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  let now = Date.UTC(2026, 10, 21);
  const reopen = () => {
    const org = openOrg({ source: forceApp, data: join(folder, 'org.db'), clock: () => now });
    return { org, admin: org.user(usernames.admin)!, jobs: new Jobs(org) };
  };
  const format = { columnDelimiter: 'COMMA', lineEnding: 'LF' } as const;
  const load = { object: 'Lead', operation: 'insert', externalIdFieldName: '' } as const;

  test('go on in the next process, and save no row twice', async () => {
    const first = reopen();
    const job = first.jobs.open(IngestJob, first.admin, '66.0', IngestJob.begin(format, load));
    job.upload(csv(1000));
    job.become('UploadComplete');
    const query = { soql: 'SELECT LastName FROM Lead', all: false, format };
    const asked = first.jobs.open(
      QueryJob,
      first.admin,
      '66.0',
      QueryJob.begin(first.jobs.shelf, first.admin.id, query),
    );
    const run = job.run();
    while (job.data.processed < 400) await new Promise(setImmediate);
    first.jobs.stop();
    await run;
    first.org.close();
    expect([job.data.state, job.data.processed < 1000]).toEqual(['InProgress', true]);

    const second = reopen();
    const resumed = second.jobs.find(IngestJob, job.data.id)!;
    const again = second.jobs.find(QueryJob, asked.data.id)!;
    while (!resumed.isFinished || !again.isFinished) await new Promise(setImmediate);
    expect(resumed.info()).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 1000 });
    expect(resumed.successes().trim().split('\n')).toHaveLength(1001);
    expect(second.org.query(second.admin, 'SELECT COUNT() FROM Lead').totalSize).toBe(1000);
    expect(again.data.state).toBe('JobComplete');
    second.jobs.stop();
    second.org.close();
  });

  test('are forgotten after seven days, with all that they kept', () => {
    now += 8 * 24 * 3_600_000;
    const { org, jobs } = reopen();
    expect(jobs.all).toEqual([]);
    const kinds = ['bulk content', 'bulk header', 'bulk successes', 'bulk failures', 'bulk rows', IngestJob.kind];
    expect(kinds.flatMap((kind) => org.documents.all(kind))).toEqual([]);
    org.close();
  });
});

test('a job that is not there is not found', async () => {
  expect((await refusal(running.client.request(`${base}/query/750000000009999AAA/resultPages`)))[0]).toBe('NOT_FOUND');
});
