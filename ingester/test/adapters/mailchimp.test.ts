import { describe, expect, test } from '@jest/globals';
import { mailchimp } from '../../src/adapters/mailchimp.ts';
import { readForm } from '../fixtures/read.ts';

const person = { 'data[id]': '8a25', 'data[email]': 'rosa@example.com', 'data[list_id]': 'a6b5' };
const read = (type: string, more: Record<string, string> = person) =>
  readForm(mailchimp, { type, fired_at: '2026-02-03 09:15:00', ...more });

describe('Mailchimp', () => {
  test.each([
    ['subscribe', 'list.subscribe'],
    ['unsubscribe', 'email.unsubscribe'],
    ['profile', 'person.update'],
    ['upemail', 'person.update'],
    ['cleaned', 'email.bounce'],
    ['campaign', 'custom.campaign'],
  ])('%s is %s', (name, type) => {
    expect(read(name).engagements[0]?.type).toBe(type);
  });

  test('a subscription with all that it tells', () => {
    const more = { ...person, 'data[merges][PLAN]': 'gold', 'data[ip_opt]': '198.51.100.4' };
    expect(read('subscribe', more).engagements[0]).toMatchObject({
      occurredAt: '2026-02-03T09:15:00.000Z',
      timePrecision: 's',
      person: { email: 'rosa@example.com', externalIds: { mailchimp: '8a25' } },
      list: { id: 'a6b5' },
      client: { ip: '198.51.100.4' },
      properties: { merges: { PLAN: 'gold' } },
    });
  });

  test('a complaint is one, however it takes somebody off the list', () => {
    const abuse = { ...person, 'data[reason]': 'abuse' };
    expect(read('unsubscribe', abuse).engagements[0]?.type).toBe('email.complaint');
    expect(read('cleaned', abuse).engagements[0]?.type).toBe('email.complaint');
    expect(read('cleaned', { ...person, 'data[reason]': 'hard' }).engagements[0]?.bounce?.class).toBe('hard');
  });

  test('a new address introduces the person under both', () => {
    const moved = { 'data[new_id]': '9', 'data[new_email]': 'rosa@new.test', 'data[old_email]': 'rosa@old.test' };
    const { engagements, introductions } = read('upemail', moved);
    expect(engagements[0]?.person).toEqual({ email: 'rosa@new.test', externalIds: { mailchimp: '9' } });
    expect(introductions).toEqual([{ strong: ['email:rosa@new.test', 'email:rosa@old.test'] }]);
  });

  test('a campaign is nobody', () => {
    const campaign = { 'data[id]': '5aa2', 'data[subject]': 'Hi', 'data[list_id]': 'a6b5' };
    expect(read('campaign', campaign).engagements[0]).toMatchObject({
      person: {},
      campaign: { id: '5aa2', subject: 'Hi' },
    });
  });

  test('without a type it cannot be read', () => {
    expect(() => readForm(mailchimp, { a: 'b' })).toThrow('no type');
  });
});
