import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { usernames } from '../src/seed.ts';
import { start } from './support/server.ts';
import type { Running } from './support/server.ts';

const START = Date.parse('2026-11-21T12:00:00Z');
const MASTER = '012000000000000AAA';

let now = START;
let running: Running;
let lead: string;
let call: (path: string, method?: string, body?: object, headers?: Record<string, string>) => Promise<Answer>;
let callAsRep: typeof call;

interface Answer {
  status: number;
  body: Record<string, unknown> & { fields: Record<string, { value: unknown }> };
}

beforeAll(async () => {
  running = await start({}, () => now);
  const caller =
    (token: string): typeof call =>
    async (path, method = 'GET', body, headers = {}) => {
      const response = await fetch(`${running.url}/services/data/v66.0/ui-api${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
        body: body ? JSON.stringify(body) : null,
      });
      const text = await response.text();
      return { status: response.status, body: (text ? JSON.parse(text) : undefined) as Answer['body'] };
    };
  call = caller(running.client.accessToken!);
  callAsRep = caller(running.sessions.start(running.org.user(usernames.rep)!));
  const created = await call('/records', 'POST', { apiName: 'Lead', fields: { LastName: 'Moss', Company: 'Fern' } });
  expect(created).toMatchObject({
    status: 201,
    body: {
      apiName: 'Lead',
      recordTypeId: MASTER,
      fields: { Name: { value: 'Moss' }, Status: { value: 'Open - Not Contacted' } },
    },
  });
  lead = created.body['id'] as string;
  for (const [number, Type__c] of ['email.click', 'email.open', 'page.view'].entries())
    await running.client.sobject('Engagement__c').create({
      External_Id__c: `e${number}`,
      Type__c,
      Source__c: 'test',
      Lead__c: lead,
      Occurred_At__c: `2026-11-2${number}T08:00:00Z`,
    });
});
afterAll(() => running.stop());

describe('a record', () => {
  const read = () => call(`/records/${lead}?fields=Lead.City`);

  test('has tags that change when it does, the weak one whatever was read', async () => {
    const before = (await read()).body;
    expect((await read()).body).toEqual(before);
    now += 5000;
    await call(`/records/${lead}`, 'PATCH', { fields: { Title: 'CTO' } });
    const after = (await read()).body;
    expect(after['weakEtag']).toBe(now);
    expect(after['eTag']).not.toBe(before['eTag']);
  });

  test('that somebody changed in the meantime is not overwritten', async () => {
    const { lastModifiedDate } = (await read()).body as unknown as { lastModifiedDate: string };
    now += 5000;
    const first = await call(
      `/records/${lead}`,
      'PATCH',
      { fields: { City: 'Bern' } },
      { 'if-unmodified-since': lastModifiedDate },
    );
    expect(first).toMatchObject({ status: 200, body: { fields: { City: { value: 'Bern' } } } });
    const since = new Date(lastModifiedDate).toUTCString();
    const second = await call(
      `/records/${lead}`,
      'PATCH',
      { fields: { City: 'Oslo' } },
      { 'if-unmodified-since': since },
    );
    expect(second).toMatchObject({ status: 412, body: [{ errorCode: 'PRECONDITION_FAILED' }] });
    expect((await read()).body.fields).toMatchObject({ City: { value: 'Bern' } });
  });

  test('is read by layout, and not without saying what', async () => {
    const { body } = await call(`/records/${lead}?layoutTypes=Compact&optionalFields=Lead.Nope__c`);
    expect(Object.keys(body.fields)).toEqual(['Name']);
    expect(Object.keys((await call(`/records/${lead}?layoutTypes=Full&modes=Edit`)).body.fields)).toContain('LastName');
    expect((await call(`/records/${lead}`)).status).toBe(400);
    expect((await call(`/records/${lead}?layoutTypes=Half`)).status).toBe(400);
  });

  test('several are read in one call, each for itself', async () => {
    const { status, body } = await call(`/records/batch/${lead},00Q000000000999AAA?fields=Lead.Company`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      hasErrors: true,
      results: [
        { statusCode: 200, result: { id: lead, fields: { Company: { value: 'Fern' } } } },
        { statusCode: 404, result: [{ errorCode: 'NOT_FOUND' }] },
      ],
    });
  });

  test('is deleted once', async () => {
    const { body } = await call('/records', 'POST', { apiName: 'Lead', fields: { LastName: 'Gone', Company: 'Fern' } });
    const path = `/records/${body['id'] as string}`;
    expect((await call(path, 'DELETE')).status).toBe(204);
    expect((await call(path, 'DELETE')).status).toBe(404);
    expect((await call(`${path}?fields=Lead.Name`)).status).toBe(404);
  });

  test('that is refused says which field and why', async () => {
    expect(await call('/records', 'POST', { apiName: 'Lead', fields: { LastName: 'x' } })).toMatchObject({
      status: 400,
      body: {
        message: 'An error occurred while trying to create the record. Please try again.',
        output: {
          fieldErrors: { Company: [{ errorCode: 'REQUIRED_FIELD_MISSING', fieldLabel: 'Company' }] },
          errors: [],
        },
      },
    });
    expect((await call('/records', 'POST', { apiName: 'PermissionSet', fields: {} })).status).toBe(400);
  });
});

describe('an object', () => {
  test('is described whole; several in one call', async () => {
    const { body } = await call('/object-info/batch/Lead,Nope__c');
    expect(body).toMatchObject({
      hasErrors: true,
      results: [
        {
          statusCode: 200,
          result: {
            apiName: 'Lead',
            defaultRecordTypeId: MASTER,
            nameFields: ['Name', 'FirstName', 'LastName'],
            recordTypeInfos: { [MASTER]: { master: true } },
            fields: {
              City: { compoundFieldName: 'Address', compoundComponentName: 'City' },
              Company: { required: true },
              IsConverted: { required: false, createable: false },
            },
          },
        },
        { statusCode: 404 },
      ],
    });
  });

  test('its picklists, one or all', async () => {
    const one = await call(`/object-info/Lead/picklist-values/${MASTER}/Rating`);
    expect(one).toMatchObject({
      status: 200,
      body: {
        controllerValues: {},
        defaultValue: null,
        values: [{ label: 'Hot', value: 'Hot', validFor: [], attributes: null }, {}, {}],
      },
    });
    const all = await call(`/object-info/Lead/picklist-values/${MASTER}`);
    expect(all.body).toMatchObject({
      picklistFieldValues: { Status: { defaultValue: { value: 'Open - Not Contacted' } } },
    });
    expect((await call('/object-info/Lead/picklist-values/012000000000001AAA/Rating')).status).toBe(404);
    expect((await call(`/object-info/Lead/picklist-values/${MASTER}/City`)).status).toBe(400);
  });

  test('what a form for a new record starts with, or for a copy', async () => {
    const create = await call('/record-defaults/create/Lead');
    expect(create).toMatchObject({
      status: 200,
      body: {
        layout: { layoutType: 'Full', mode: 'Create' },
        objectInfos: { Lead: { apiName: 'Lead' } },
        record: { id: null, fields: { Status: { value: 'Open - Not Contacted' }, LastName: { value: null } } },
      },
    });
    const clone = await call(`/record-defaults/clone/${lead}`);
    expect(clone.body).toMatchObject({ record: { id: null, fields: { LastName: { value: 'Moss' } } } });
    expect((clone.body['record'] as Answer['body']).fields).not.toHaveProperty('CreatedDate');
  });
});

describe('related lists', () => {
  const path = () => `/related-list-records/${lead}/Engagements__r`;

  test('records in pages, sorted', async () => {
    const query = 'fields=Engagement__c.Type__c&sortBy=-Engagement__c.Occurred_At__c&pageSize=2';
    const first = await call(`${path()}?${query}`);
    expect(first).toMatchObject({
      status: 200,
      body: {
        count: 2,
        nextPageToken: '2',
        previousPageToken: null,
        listReference: { parentObjectApiName: 'Lead', relatedListId: 'Engagements__r', inContextOfRecordId: lead },
        records: [{ fields: { Type__c: { value: 'page.view' } } }, { fields: { Type__c: { value: 'email.open' } } }],
      },
    });
    expect(await call(`${path()}?${query}&pageToken=2`)).toMatchObject({
      body: {
        count: 1,
        nextPageToken: null,
        previousPageToken: '0',
        records: [{ fields: { Type__c: { value: 'email.click' } } }],
      },
    });
  });

  test('records that a filter finds', async () => {
    const filter = {
      fields: ['Engagement__c.Type__c'],
      where: '{ Type__c: { like: "email.%" } }',
      sortBy: ['Type__c'],
    };
    const { body } = await call(path(), 'POST', filter);
    expect(body['count']).toBe(2);
    expect((await call(path(), 'POST', { where: '{ Type__c' })).status).toBe(400);
    expect((await call(path(), 'POST', { sortBy: ['Type__c; DROP'] })).status).toBe(400);
  });

  test('which there are, one, and several at once', async () => {
    expect((await call('/related-list-info/Lead')).body['relatedLists']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ relatedListId: 'Engagements__r', objectApiName: 'Engagement__c' }),
      ]),
    );
    expect((await call('/related-list-info/Lead/Engagements__r')).body).toMatchObject({ fieldApiName: 'Lead__c' });
    expect((await call(`/related-list-records/batch/${lead}/Engagements__r,Nope__r`)).body).toMatchObject({
      results: [{ statusCode: 200 }, { statusCode: 404 }],
    });
  });
});

test('a rep sees and changes what the permission sets allow', async () => {
  const { body } = await callAsRep('/object-info/Lead');
  expect(body.fields['Lead_Score__c']).toMatchObject({ updateable: false });
  expect((await callAsRep('/object-info/Scoring_Job__c')).status).toBe(404);
  expect(await callAsRep(`/records/${lead}`, 'PATCH', { fields: { Lead_Score__c: 99 } })).toMatchObject({
    status: 400,
    body: { output: { fieldErrors: { Lead_Score__c: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] } } },
  });
  const [engagement] = (await running.client.query('SELECT Id FROM Engagement__c LIMIT 1')).records;
  expect(await callAsRep(`/records/${engagement!.Id!}`, 'DELETE')).toMatchObject({
    status: 403,
    body: [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }],
  });
});
