import { describe, expect, test } from '@jest/globals';
import { unbounce } from '../../src/adapters/unbounce.ts';
import { readForm } from '../fixtures/read.ts';

const page = { page_id: 'p-1', page_name: 'Demo', page_url: 'https://x.test/demo', variant: 'a' };
const read = (answers?: string) =>
  readForm(unbounce, answers === undefined ? page : { ...page, 'data.json': answers }).engagements[0];
const answers = (more: object) =>
  JSON.stringify({
    email: ['Rosa@Example.com'],
    date_submitted: ['2026-02-03'],
    ip_address: ['198.51.100.4'],
    ...more,
  });

describe('Unbounce', () => {
  test('a submission with all that it tells', () => {
    expect(read(answers({ time_submitted: ['09:15 AM UTC'], colors: ['red', 'blue'] }))).toMatchObject({
      type: 'form.submit',
      occurredAt: '2026-02-03T09:15:00.000Z',
      person: { email: 'rosa@example.com' },
      form: { id: 'p-1', name: 'Demo', answers: { colors: ['red', 'blue'] } },
      page: { url: 'https://x.test/demo', title: 'Demo' },
      client: { ip: '198.51.100.4' },
      properties: { variant: 'a' },
    });
  });

  test.each([
    ['12:05 AM UTC', '2026-02-03T00:05:00.000Z'],
    ['12:05 PM UTC', '2026-02-03T12:05:00.000Z'],
    ['4:17 PM UTC', '2026-02-03T16:17:00.000Z'],
    ['late', '2026-02-03T00:00:00.000Z'],
  ])('%s', (time, occurredAt) => {
    expect(read(answers({ time_submitted: [time] }))?.occurredAt).toBe(occurredAt);
  });

  test('a submission stands without its answers, and says so if they are broken', () => {
    expect(read()).toMatchObject({ form: { id: 'p-1' }, timePrecision: 'assumed', properties: { variant: 'a' } });
    expect(read('{{')?.properties).toEqual({ variant: 'a', dataError: 'data.json is not JSON' });
    expect(() => readForm(unbounce, { a: 'b' })).toThrow('no page_id');
  });
});
