import { describe, expect, test } from '@jest/globals';
import { vero } from '../../src/adapters/vero.ts';
import { readOne } from '../fixtures/read.ts';

const event = (type: string, more: object = {}) => ({
  type,
  [`${type}_at`]: 1_770_110_100,
  user: { id: 5, email: 'rosa@example.com' },
  campaign: { id: 8, name: 'Spring', subject: 'Hi', tags: 'a, b' },
  message_id: 'm-1',
  ...more,
});

describe('Vero', () => {
  test.each([
    ['sent', 'email.sent'],
    ['delivered', 'email.delivered'],
    ['opened', 'email.open'],
    ['clicked', 'email.click'],
    ['bounced', 'email.bounce'],
    ['unsubscribed', 'email.unsubscribe'],
    ['user_updated', 'person.update'],
    ['archived', 'custom.archived'],
  ])('%s is %s, at its own time', (name, type) => {
    expect(readOne(vero, event(name))).toMatchObject({ type, occurredAt: '2026-02-03T09:15:00.000Z' });
  });

  test('a click and a bounce with all that they tell', () => {
    expect(readOne(vero, event('clicked', { url: 'https://x.test', user_agent: 'Firefox' }))).toMatchObject({
      person: { email: 'rosa@example.com', externalIds: { vero: '5' } },
      campaign: { id: '8', name: 'Spring', messageId: 'm-1', subject: 'Hi', tags: ['a', 'b'] },
      link: { url: 'https://x.test' },
      client: { userAgent: 'Firefox' },
    });
    expect(readOne(vero, event('bounced', { bounce_type: 'hard', bounce_code: '521' })).bounce).toEqual({
      class: 'hard',
      code: '521',
    });
  });
});
