import { describe, expect, test } from '@jest/globals';
import { resend } from '../../src/adapters/resend.ts';
import { readOne } from '../fixtures/read.ts';

const data = { email_id: 'm-1', from: 'Us <us@example.com>', to: ['Rosa <rosa@example.com>'], subject: 'Hi' };
const event = (type: string, more: object = {}) => ({
  type,
  created_at: '2026-02-03T09:15:00.250Z',
  data: { ...data, ...more },
});

describe('Resend', () => {
  test.each([
    ['email.sent', 'email.sent'],
    ['email.delivered', 'email.delivered'],
    ['email.delivery_delayed', 'email.defer'],
    ['email.bounced', 'email.bounce'],
    ['email.failed', 'email.drop'],
    ['email.suppressed', 'email.suppress'],
    ['email.opened', 'email.open'],
    ['email.clicked', 'email.click'],
    ['email.complained', 'email.complaint'],
    ['email.scheduled', 'custom.email_scheduled'],
    ['contact.updated', 'person.update'],
    ['domain.created', 'custom.domain_created'],
  ])('%s is %s', (name, type) => {
    expect(readOne(resend, event(name)).type).toBe(type);
  });

  test('a click with all that it tells, when it happened and not when it was told', () => {
    const click = {
      link: 'https://x.test',
      timestamp: '2026-02-03T09:14:59Z',
      ipAddress: '198.51.100.4',
      userAgent: 'F',
    };
    expect(
      readOne(resend, event('email.clicked', { click, broadcast_id: 'b-1', tags: { plan: 'gold' } })),
    ).toMatchObject({
      occurredAt: '2026-02-03T09:14:59.000Z',
      person: { email: 'rosa@example.com' },
      campaign: { id: 'b-1', messageId: 'm-1', subject: 'Hi', tags: ['plan:gold'] },
      link: { url: 'https://x.test' },
      client: { ip: '198.51.100.4', userAgent: 'F' },
    });
  });

  test.each([
    [{ type: 'Permanent', message: 'm' }, 'hard'],
    [{ type: 'Transient' }, 'soft'],
    [{ message: 'a hard bounce message' }, 'hard'],
    [undefined, 'unknown'],
  ])('a bounce of %j is %s', (bounce, expected) => {
    expect(readOne(resend, event('email.bounced', { bounce })).bounce?.class).toBe(expected);
  });

  test('of several recipients nobody knows who opened; a reply is the sender’s', () => {
    const to = ['rosa@example.com', 'jan@example.com'];
    expect(readOne(resend, event('email.sent', { to })).person).toEqual({ email: 'rosa@example.com' });
    expect(readOne(resend, event('email.opened', { to })).person).toEqual({});
    expect(readOne(resend, event('email.received'))).toMatchObject({
      type: 'email.reply',
      person: { email: 'us@example.com' },
    });
    const contact = { id: 'c-1', email: 'jan@example.com', to: undefined };
    expect(readOne(resend, event('contact.created', contact)).person).toEqual({
      email: 'jan@example.com',
      externalIds: { resend: 'c-1' },
    });
  });
});
