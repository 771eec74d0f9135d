import { describe, expect, test } from '@jest/globals';
import { parseWhen } from '../../src/engagement/time.ts';

const receivedAt = Date.parse('2026-03-02T12:00:00.000Z');

describe('when it happened', () => {
  test.each([
    ['2026-01-15T04:45:41-06:00', '2026-01-15T10:45:41.000Z', 's'],
    ['2026-01-15T04:45:41+0530', '2026-01-14T23:15:41.000Z', 's'],
    ['2026-01-15T10:45:41.5Z', '2026-01-15T10:45:41.500Z', 'ms'],
    ['2026-01-15T17:31:00.123456789Z', '2026-01-15T17:31:00.123Z', 'ms'],
    ['2026-01-15 10:45:41', '2026-01-15T10:45:41.000Z', 's'],
    ['2026-01-15t10:45:41z', '2026-01-15T10:45:41.000Z', 's'],
    ['2026-01-15', '2026-01-15T00:00:00.000Z', 'day'],
    [1_768_473_941, '2026-01-15T10:45:41.000Z', 's'],
    ['1768473941', '2026-01-15T10:45:41.000Z', 's'],
    [1_768_473_941.25, '2026-01-15T10:45:41.250Z', 'ms'],
    [1_768_473_941_123, '2026-01-15T10:45:41.123Z', 'ms'],
  ])('%s', (given, occurredAt, timePrecision) => {
    expect(parseWhen(given, receivedAt)).toEqual({ occurredAt, timePrecision });
  });

  test.each([
    undefined,
    null,
    '',
    'yesterday',
    '2026-02-30',
    '2026-13-01',
    '2026-01-15T10:61:00Z',
    -1,
    Infinity,
    NaN,
    1e18,
    {},
  ])('%s is no time: assumed to be that of receipt', (given) => {
    expect(parseWhen(given, receivedAt)).toEqual({ occurredAt: '2026-03-02T12:00:00.000Z', timePrecision: 'assumed' });
  });
});
