import type { Normalized } from '../../src/adapters/adapter.ts';
import type { Delivery } from '../../src/adapters/adapter.ts';
import type { Engagement, Person } from '../../src/engagement/engagement.ts';
import { NOW } from './request.ts';

export const delivery = (body = 'body', connection = 'main'): Delivery => ({
  connection,
  adapter: 'generic',
  receivedAt: NOW,
  authenticated: 'none',
  headers: { 'content-type': 'text/plain' },
  body: Buffer.from(body),
});

export const engagement = (id: string, person: Person = {}, more: Partial<Engagement> = {}): Engagement => ({
  id,
  source: 'generic:main',
  type: 'page.view',
  occurredAt: new Date(NOW).toISOString(),
  timePrecision: 'ms',
  receivedAt: new Date(NOW).toISOString(),
  person,
  authenticated: 'none',
  ...more,
});

export const reads = (...engagements: Engagement[]): Normalized => ({
  engagements,
  introductions: [],
  deadLetters: [],
});
