import { expect, it } from '@jest/globals';
import { reduceErrors } from 'c/ldsErrors';

it.each<[string, unknown, string[]]>([
  ['nothing', undefined, []],
  ['a JavaScript error', new TypeError('x is not a function'), ['x is not a function']],
  ['a text', 'Out of order', ['Out of order']],
  ['GraphQL errors, each once', [{ message: 'No such field' }, { message: 'No such field' }], ['No such field']],
  ['a REST error', { body: [{ message: 'Session expired', errorCode: 'INVALID_SESSION_ID' }] }, ['Session expired']],
  ['a UI API error', { body: { message: 'Not found', statusCode: 404 } }, ['Not found']],
  [
    'errors of a record and its fields, which say more than the message',
    {
      body: {
        message: 'An error occurred while trying to update the record. Please try again.',
        output: {
          errors: [{ message: 'Duplicate record' }],
          fieldErrors: { Email: [{ message: 'Email: invalid email address' }] },
        },
      },
    },
    ['Duplicate record', 'Email: invalid email address'],
  ],
  ['a bare status', { status: 500, statusText: 'Server Error' }, ['Server Error']],
  ['anything else', { odd: 1 }, ['{"odd":1}']],
])('reduces %s', (_, error, messages) => {
  expect(reduceErrors(error)).toEqual(messages);
});
