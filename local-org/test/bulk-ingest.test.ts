import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
let client: Connection;
beforeAll(async () => {
  running = await start();
  client = running.client;
  client.bulk2.pollInterval = 5;
});
afterAll(() => running.stop());

const load = (
  object: string,
  operation: 'insert' | 'update' | 'upsert' | 'delete',
  input: string | object[],
  more = {},
) => client.bulk2.loadAndWaitForResults({ object, operation, input, ...more });

describe('ingest', () => {
  test('loads what can be saved and says of each other row why not', async () => {
    const rows = Array.from({ length: 450 }, (_, i) => ({ LastName: `L${i}`, Company: i === 222 ? '' : `C, "${i}"` }));
    const { successfulResults, failedResults, unprocessedRecords } = await load('Lead', 'insert', rows);
    expect(successfulResults).toHaveLength(449);
    expect(successfulResults[7]).toMatchObject({ sf__Created: 'true', LastName: 'L7', Company: 'C, "7"' });
    expect(failedResults).toEqual([
      {
        sf__Id: '',
        sf__Error: 'REQUIRED_FIELD_MISSING:Required fields are missing: [Company]:Company --',
        LastName: 'L222',
        Company: '',
      },
    ]);
    expect(unprocessedRecords).toEqual([]);
    const lead = await client.sobject('Lead').retrieve(successfulResults[7]!.sf__Id);
    expect(lead).toMatchObject({ Company: 'C, "7"' });
  });

  test('an empty cell leaves a field alone, #N/A empties it', async () => {
    const { id } = await client.sobject('Lead').create({ LastName: 'A', Company: 'B', Title: 'T', City: 'Oslo' });
    const { successfulResults } = await load('Lead', 'update', `Id,Title,City\n${id!},,#N/A\n`);
    expect(successfulResults).toMatchObject([{ sf__Id: id, sf__Created: 'false' }]);
    expect(await client.sobject('Lead').retrieve(id!)).toMatchObject({ Title: 'T', City: null });
  });

  test('upserts by external ID, with parents by theirs, in other formats', async () => {
    await load('Scoring_Model__c', 'insert', 'Name,External_Id__c,Object__c,Status__c\nM,bulk,Lead,Draft\n');
    const csv = 'EXTERNAL_ID__C|Record_Id__c|Model__r.External_Id__c\r\n"k|1"|r|bulk\r\nk2|r|nobody\r\n';
    const format = { externalIdFieldName: 'External_Id__c', columnDelimiter: 'PIPE', lineEnding: 'CRLF' };
    const first = await load('Score__c', 'upsert', csv, format);
    expect(first.successfulResults).toMatchObject([{ sf__Created: 'true' }]);
    expect(first.failedResults[0]!.sf__Error).toContain('INVALID_FIELD:Foreign key external ID: nobody not found');
    const again = await load('Score__c', 'upsert', csv, format);
    expect(again.successfulResults).toMatchObject([{ sf__Created: 'false' }]);
    const { records } = await client.query("SELECT Model__r.Name FROM Score__c WHERE External_Id__c = 'k|1'");
    expect(records).toMatchObject([{ Model__r: { Name: 'M' } }]);
  });

  test('deletes, and an empty upload is no error', async () => {
    const { id } = await client.sobject('Lead').create({ LastName: 'A', Company: 'B' });
    const { successfulResults, failedResults } = await load('Lead', 'delete', `Id\n${id!}\n00Q000000009999EAA\n`);
    expect(successfulResults).toMatchObject([{ sf__Id: id }]);
    expect(failedResults).toMatchObject([{ sf__Id: '00Q000000009999EAA' }]);
    expect(await load('Lead', 'insert', [])).toEqual({
      successfulResults: [],
      failedResults: [],
      unprocessedRecords: [],
    });
  });
});

describe('a job', () => {
  test('fails as a whole where its upload cannot be read', async () => {
    const failing = async (csv: string, more = {}) => {
      const job = client.bulk2.createJob({ object: 'Lead', operation: 'insert', ...more });
      await job.open();
      await job.uploadData(csv);
      await job.close();
      await expect(job.poll(5, 5000)).rejects.toThrow();
      const { state, errorMessage } = await job.check();
      return [state, errorMessage];
    };
    expect(await failing('LastName,Foo__c\nA,1\n')).toEqual(['Failed', 'InvalidBatch : Field name not found : Foo__c']);
    expect((await failing('LastName,Company\r\nA,B\r\n'))[1]).toContain('LineEnding is invalid');
    expect((await failing('LastName,Company\nA,"B\n'))[1]).toContain('Failed to parse CSV after line 1');
  });

  test('goes from state to state, and no other way', async () => {
    const job = client.bulk2.createJob({ object: 'Lead', operation: 'insert' });
    const { id } = await job.open();
    const url = `/services/data/v66.0/jobs/ingest/${id}`;
    const put = (body: string) =>
      client.request({ method: 'PUT', url: `${url}/batches`, body, headers: { 'content-type': 'text/csv' } });
    expect((await refusal(client.request(`${url}/successfulResults`)))[0]).toBe('INVALIDJOBSTATE');
    await put('LastName,Company\nA,B\n');
    expect((await refusal(put('LastName,Company\nC,D\n')))[1]).toContain('Found multiple contents for job');
    await job.abort();
    expect(await job.check()).toMatchObject({ state: 'Aborted', numberRecordsProcessed: 0, apiVersion: 66 });
    const close = client.requestPatch(url, { state: 'UploadComplete' });
    expect((await refusal(close))[0]).toBe('INVALIDJOBSTATE');
    await job.delete();
    expect((await refusal(client.request(url)))[0]).toBe('NOT_FOUND');
  });

  test('that nobody can run is not opened', async () => {
    const open = async (more: object) =>
      (await refusal(client.requestPost('/services/data/v66.0/jobs/ingest', { object: 'Lead', ...more })))[0];
    expect(await open({ object: 'Nothing__c', operation: 'insert' })).toBe('INVALIDENTITY');
    expect(await open({ operation: 'explode' })).toBe('INVALIDJOB');
    expect(await open({ operation: 'upsert', externalIdFieldName: 'Title' })).toBe('INVALIDJOB');
    expect(await open({ operation: 'insert', columnDelimiter: 'COLON' })).toBe('INVALIDJOB');
  });
});
