import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { openOrg } from '../src/open.ts';
import { createServer } from '../src/server.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const org = openOrg({ source: fileURLToPath(new URL('../../force-app', import.meta.url)), clock: () => NOW });
const admin = org.user('admin@local-org.example')!;
const server = createServer(org);
const authorization = `Bearer ${server.sessions.start(admin)}`;
const [created] = org.insert(admin, 'Lead', [{ LastName: 'Moss', Company: 'Fern', Lead_Score__c: 63 }]);
const id = created!.id!;
let address = '';

async function call(path: string, method = 'GET', body?: object): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${address}/services/data/v66.0/ui-api${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: body ? JSON.stringify(body) : null,
  });
  return { status: response.status, body: await response.json() };
}

beforeAll(async () => {
  address = await server.listen({ port: 0, host: '127.0.0.1' });
});

afterAll(async () => {
  await server.close();
  org.close();
});

describe('records', () => {
  test('are read with the fields and parents asked for', async () => {
    const fields = 'Lead.LastName,Lead.Lead_Score__c,Lead.Owner.Name,Lead.Owner.Email';
    expect(await call(`/records/${id}?fields=${fields}&optionalFields=Lead.Nope__c,Lead.City`)).toMatchObject({
      status: 200,
      body: {
        apiName: 'Lead',
        id,
        systemModstamp: '2026-11-21T12:00:00.000Z',
        fields: {
          LastName: { value: 'Moss', displayValue: null },
          Lead_Score__c: { value: 63, displayValue: '63' },
          City: { value: null, displayValue: null },
          Owner: {
            displayValue: 'Alex Admin',
            value: {
              apiName: 'User',
              id: admin.id,
              fields: { Name: { value: 'Alex Admin' }, Email: { value: admin.email } },
            },
          },
        },
      },
    });
  });

  test.each([
    ['an unknown field', `/records/?fields=Lead.Nope__c`, 400, 'INVALID_FIELD'],
    ['a field of another object', `/records/?fields=Contact.LastName`, 400, 'INVALID_FIELD'],
  ])('%s is named', async (_, path, status, errorCode) => {
    expect(await call(path.replace('/?', `/${id}?`))).toMatchObject({ status, body: [{ errorCode }] });
  });

  test.each(['00Q000000000999AAA', 'zzz', "00Q' OR Id != '"])('%s is no record', async (unknown) => {
    const answer = await call(`/records/${encodeURIComponent(unknown)}?fields=Lead.LastName`);
    expect(answer).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND' }] });
  });

  test('are updated, and answered as they are then', async () => {
    const answer = await call(`/records/${id}`, 'PATCH', { fields: { City: 'Bern' } });
    expect(answer).toMatchObject({ status: 200, body: { fields: { City: { value: 'Bern' } } } });
  });

  test('a refused update says which field and why', async () => {
    expect(await call(`/records/${id}`, 'PATCH', { fields: { Email: 'nobody' } })).toMatchObject({
      status: 400,
      body: {
        enhancedErrorType: 'RecordError',
        output: { fieldErrors: { Email: [{ errorCode: 'INVALID_EMAIL_ADDRESS', field: 'Email' }] } },
      },
    });
  });
});

test('an object is described with its fields', async () => {
  expect(await call('/object-info/Lead')).toMatchObject({
    status: 200,
    body: {
      apiName: 'Lead',
      label: 'Lead',
      keyPrefix: '00Q',
      nameFields: ['Name', 'FirstName', 'LastName'],
      fields: {
        OwnerId: { dataType: 'Reference', relationshipName: 'Owner', polymorphicForeignKey: true },
        Lead_Score__c: { label: 'Lead Score', dataType: 'Double', custom: true },
      },
    },
  });
  expect(await call('/object-info/Nope__c')).toMatchObject({ status: 404 });
});

test('what the local org has not is named', async () => {
  const { status, body } = await call('/list-info/Lead');
  expect(status).toBe(501);
  expect(JSON.stringify(body)).toContain('GET /services/data/v66.0/ui-api/list-info/Lead');
});
