import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { refusal, start } from './support/server.ts';
import type { Running } from './support/server.ts';

let running: Running;
beforeAll(async () => {
  running = await start();
});
afterAll(() => running.stop());

const sobjects = '/services/data/v66.0/sobjects';
const create = (referenceId: string, object: string, body: object) => ({
  method: 'POST',
  url: `${sobjects}/${object}`,
  referenceId,
  body,
});
const post = (...graphs: object[]) => running.client.requestPost('/services/data/v66.0/composite/graph', { graphs });

test('each graph is kept whole or not at all', async () => {
  const contact = { LastName: 'L', AccountId: '@{a.id}' };
  const good = [create('a', 'Account', { Name: 'Good' }), create('c', 'Contact', contact)];
  const bad = [create('a', 'Account', { Name: 'Bad' }), create('c', 'Contact', { FirstName: 'x' })];
  expect(
    await post({ graphId: 'bad', compositeRequest: bad }, { graphId: 'good', compositeRequest: good }),
  ).toMatchObject({
    graphs: [
      {
        graphId: 'bad',
        isSuccessful: false,
        graphResponse: {
          compositeResponse: [
            { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
            { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
          ],
        },
      },
      { graphId: 'good', isSuccessful: true, graphResponse: { compositeResponse: [{ httpStatusCode: 201 }, {}] } },
    ],
  });
  const { records } = await running.client.query('SELECT Name, (SELECT LastName FROM Contacts) FROM Account');
  expect(records).toMatchObject([{ Name: 'Good', Contacts: { records: [{ LastName: 'L' }] } }]);
});

test('what does not belong into a graph is refused', async () => {
  const query = { method: 'GET', url: '/services/data/v66.0/query?q=SELECT+Id+FROM+Lead', referenceId: 'q' };
  expect((await refusal(post({ graphId: 'g', compositeRequest: [query] })))[0]).toBe('INVALID_INPUT');
  const many = Array.from({ length: 501 }, (_, i) => create(`r${i}`, 'Account', { Name: 'x' }));
  expect((await refusal(post({ graphId: 'g', compositeRequest: many })))[0]).toBe('LIMIT_EXCEEDED');
});
