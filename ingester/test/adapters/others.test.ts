import { describe, expect, test } from '@jest/globals';
import { braze } from '../../src/adapters/braze.ts';
import { mailjet } from '../../src/adapters/mailjet.ts';
import { marketo } from '../../src/adapters/marketo.ts';
import { readJson, readOne } from '../fixtures/read.ts';

describe('Braze', () => {
  const event = (event_type: string, properties: object = {}) => ({
    ...{ event_type, id: 'e-1', time: 1_770_110_100 },
    user: { user_id: 'b-1', external_user_id: 'u-1', device_id: 'd-1' },
    properties: { campaign_id: 'c-1', campaign_name: 'Spring', email_address: 'rosa@example.com', ...properties },
  });

  test.each([
    ['users.messages.email.Send', 'email.sent'],
    ['users.messages.email.Open', 'email.open'],
    ['users.messages.email.Click', 'email.click'],
    ['users.messages.email.SoftBounce', 'email.bounce'],
    ['users.messages.email.MarkAsSpam', 'email.complaint'],
    ['users.messages.sms.InboundReceive', 'sms.reply'],
    ['users.behaviors.Purchase', 'custom.users_behaviors_purchase'],
  ])('%s is %s', (name, type) => {
    expect(readOne(braze, event(name)).type).toBe(type);
  });

  test('lists in lists; who, and what a machine did', () => {
    const body = [{ events: [event('users.messages.email.Open', { machine_open: 'true' }), 5] }, { events: [] }];
    expect(readJson(braze, body)).toMatchObject({
      engagements: [
        {
          person: { email: 'rosa@example.com', externalIds: { braze: 'u-1' }, anonymousId: 'd-1' },
          campaign: { id: 'c-1', name: 'Spring' },
          automated: { verdict: 'machine' },
        },
      ],
      deadLetters: ['event 1: it is not an object'],
    });
    const id = (name: string) => readOne(braze, event(name)).id;
    expect(id('users.messages.email.Open')).not.toBe(id('users.messages.email.Click'));
    expect(readOne(braze, event('users.messages.email.SoftBounce')).bounce?.class).toBe('soft');
    expect(readOne(braze, event('users.messages.email.Bounce')).bounce?.class).toBe('hard');
  });
});

describe('Mailjet', () => {
  const event = {
    event: 'open',
    time: 1_770_110_100,
    email: 'rosa@example.com',
    Message_GUID: 'm-1',
    mj_contact_id: 5,
  };

  test.each([
    [{ event: 'sent' }, 'email.delivered'],
    [{ event: 'open' }, 'email.open'],
    [{ event: 'click', url: 'u' }, 'email.click'],
    [{ event: 'bounce' }, 'email.bounce'],
    [{ event: 'blocked' }, 'email.drop'],
    [{ event: 'spam' }, 'email.complaint'],
    [{ event: 'unsub' }, 'email.unsubscribe'],
  ])('%j is %s', (more, type) => {
    expect(readOne(mailjet, { ...event, ...more })).toMatchObject({
      type,
      person: { email: 'rosa@example.com', externalIds: { mailjet: '5' } },
      campaign: { messageId: 'm-1' },
    });
  });

  test.each([
    [{ hard_bounce: true, blocked: false }, 'hard'],
    [{ hard_bounce: false, blocked: false }, 'soft'],
    [{ hard_bounce: false, blocked: true }, 'block'],
  ])('a bounce with %j is %s', (more, expected) => {
    expect(readOne(mailjet, { ...event, event: 'bounce', ...more }).bounce?.class).toBe(expected);
  });
});

describe('Marketo', () => {
  test('the name of the webhook is what happened', () => {
    const event = {
      name: 'Asked for a demo',
      datetime: '2026-02-03 09:15:00',
      lead: { id: 4, email: 'rosa@example.com' },
    };
    expect(readOne(marketo, event)).toMatchObject({
      type: 'custom.asked_for_a_demo',
      occurredAt: '2026-02-03T09:15:00.000Z',
      person: { email: 'rosa@example.com', externalIds: { marketo: '4' } },
    });
    expect(readOne(marketo, { ...event, type: 'form.submit' }).type).toBe('form.submit');
    expect(readOne(marketo, {}).type).toBe('custom.webhook');
  });
});
