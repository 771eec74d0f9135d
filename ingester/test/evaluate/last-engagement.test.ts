import { expect, test } from '@jest/globals';
import type { Engagement } from '../../src/engagement/engagement.ts';
import { lastEngagement } from '../../src/evaluate/last-engagement.ts';

const engagement = (type: string, verdict?: 'human' | 'machine'): Engagement => ({
  id: type,
  source: 'generic:test',
  type,
  occurredAt: '2026-01-01T00:00:00.000Z',
  timePrecision: 'ms',
  receivedAt: '2026-01-01T00:00:00.000Z',
  person: {},
  authenticated: 'none',
  ...(verdict && { automated: { verdict } }),
});

test.each(['email.sent', 'email.bounce', 'sms.fail', 'deal.stage', 'person.update', 'score.adjust', 'tag.add'])(
  '%s is not what the person did',
  (type) => {
    expect(lastEngagement([engagement('page.view'), engagement(type)])?.type).toBe('page.view');
  },
);

test.each(['email.click', 'email.unsubscribe', 'list.subscribe', 'meeting.no_show', 'custom.signed_in'])(
  '%s is',
  (type) => {
    expect(lastEngagement([engagement('page.view'), engagement(type)])?.type).toBe(type);
  },
);

test('what a machine did is not', () => {
  expect(lastEngagement([engagement('page.view'), engagement('email.open', 'machine')])?.type).toBe('page.view');
  expect(lastEngagement([engagement('email.open', 'machine')])).toBeUndefined();
});
