import { describe, expect, test } from '@jest/globals';
import { massmailer } from '../../src/adapters/massmailer.ts';
import { readForm, readJson, readOne } from '../fixtures/read.ts';

const event = { status: 'Opened', recipient: 'rosa@example.com', timestamp: '2026-02-03T09:15:00Z' };

describe('MassMailer', () => {
  test.each([
    ['Sent', 'email.sent'],
    ['Delivered', 'email.delivered'],
    ['Opened', 'email.open'],
    ['clicked', 'email.click'],
    ['Hard Bounce', 'email.bounce'],
    ['soft-bounce', 'email.bounce'],
    ['Spam', 'email.complaint'],
    ['Unsubscribed', 'email.unsubscribe'],
    ['Dropped', 'email.drop'],
    ['Something New', 'custom.something_new'],
  ])('%s is %s', (status, type) => {
    expect(readOne(massmailer, { ...event, status }).type).toBe(type);
  });

  test('a click with all that it tells, as JSON or as a form', () => {
    const click = {
      ...{ event: 'Clicked', email: 'Rosa <rosa@example.com>', leadId: '00Q5g00000ABCDEAA1' },
      ...{ occurredAt: '2026-02-03T09:15:00Z', url: 'https://x.test', campaignId: '7', campaignName: 'Spring' },
    };
    const expected = {
      type: 'email.click',
      occurredAt: '2026-02-03T09:15:00.000Z',
      person: { email: 'rosa@example.com', salesforceId: '00Q5g00000ABCDEAA1' },
      campaign: { id: '7', name: 'Spring' },
      link: { url: 'https://x.test' },
    };
    expect(readOne(massmailer, click)).toMatchObject(expected);
    expect(readForm(massmailer, click).engagements).toMatchObject([expected]);
    expect(readOne(massmailer, { ...event, status: 'Hard Bounce', reason: 'unknown' }).bounce).toEqual({
      class: 'hard',
      reason: 'unknown',
    });
  });

  test('what does not say what happened fails alone', () => {
    expect(readJson(massmailer, [{ email: 'x@y.z' }, event])).toMatchObject({
      engagements: [{ type: 'email.open' }],
      deadLetters: ['event 0: it has none of event, status, type, eventType'],
    });
  });
});
