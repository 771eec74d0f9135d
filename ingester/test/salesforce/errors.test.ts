import { expect, test } from '@jest/globals';
import { classify, errorFor, Permanent, Retryable, SessionExpired, Throttled } from '../../src/salesforce/errors.ts';

test.each([
  ['UNABLE_TO_LOCK_ROW', Retryable],
  ['SERVER_UNAVAILABLE', Retryable],
  ['ERROR_HTTP_503', Retryable],
  ['REQUEST_LIMIT_EXCEEDED', Throttled],
  ['INVALID_SESSION_ID', SessionExpired],
  ['INVALID_FIELD', Permanent],
  ['FIELD_CUSTOM_VALIDATION_EXCEPTION', Permanent],
  ['ENTITY_IS_DELETED', Permanent],
])('%s says what to do', (code, type) => {
  expect(errorFor(code, 'why')).toBeInstanceOf(type);
});

test('a row whose parent is not there yet is tried again', () => {
  const message = 'Foreign key external ID: leads:00Q not found for field External_Id__c in entity Score__c';
  expect(errorFor('INVALID_FIELD', message)).toBeInstanceOf(Retryable);
});

test('what never got an answer is tried again, what the token endpoint refuses is not', () => {
  expect(classify(new TypeError('fetch failed'))).toBeInstanceOf(Retryable);
  expect(classify(Object.assign(new Error('bad'), { errorCode: 'MALFORMED_QUERY' }))).toBeInstanceOf(Permanent);
  expect(classify(Object.assign(new Error('bad'), { name: 'invalid_client' }))).toBeInstanceOf(Permanent);
  expect(errorFor('SOMETHING_NEW', 'why', 502)).toBeInstanceOf(Retryable);
});
