import { expect, test } from '@jest/globals';
import { createLog } from '../src/log.ts';

function logged(fields: Record<string, unknown>, secrets: string[] = []) {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => Date.parse('2026-02-03T09:15:00Z'),
    secrets,
  );
  log.warn(fields);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0]!) as unknown;
}

test('one JSON object a line, with level, time and the fields', () => {
  expect(logged({ step: 'outbox', failures: 2, failure: 'a\nb', none: null })).toEqual({
    level: 'warn',
    time: '2026-02-03T09:15:00.000Z',
    step: 'outbox',
    failures: 2,
    failure: 'a\nb',
    none: null,
  });
});

test.each([
  ['Cannot read jane.doe+x@example.com of 3', 'Cannot read [email] of 3'],
  ['"jane@examp"... is not valid JSON', '"[email]"... is not valid JSON'],
  ['/in/x?email=jane%40example.com&y=1', '/in/x?email=[email]&y=1'],
  ["jörg@exämple.de;<o'hara@x.io>", "[email];<o'[email]>"],
  ['connect to postgres://me:s3cret@db/x', 'connect to postgres://me:[secret]@db/x'],
  ['the key is s3cret, not s3cret2', 'the key is [secret], not [secret]2'],
  ['no address at all: 5 @ 3', 'no address at all: 5 @ 3'],
])('%s', (text, clean) => {
  expect(logged({ text, list: [{ deep: text }] }, ['s3cret', '', 'is'])).toMatchObject({
    text: clean,
    list: [{ deep: clean }],
  });
});
