/** The engagement of the contract, section 1: what every source is turned into. */

/** How a delivery proved who sent it. */
export type Authenticated = 'signature' | 'basic' | 'secret' | 'none';

export interface Person {
  email?: string;
  phone?: string;
  /** IDs in other systems by the name of the system, such as `{ activecampaign: '3' }`. */
  externalIds?: Record<string, string>;
  anonymousId?: string;
  salesforceId?: string;
}

/** Everything that an adapter may tell about an engagement beside who, what and when. */
export interface Particulars {
  campaign?: { id?: string; name?: string; messageId?: string; subject?: string; tags?: string[] };
  link?: { id?: string; url: string };
  page?: { url: string; title?: string; referrer?: string };
  form?: { id: string; name?: string; answers?: unknown };
  meeting?: { id: string; startsAt?: string };
  tag?: { name: string };
  list?: { id: string };
  bounce?: { class: 'hard' | 'soft' | 'block' | 'unknown'; code?: string; reason?: string };
  client?: { ip?: string; userAgent?: string };
  automated?: { verdict: 'human' | 'machine' | 'suspect' | 'unknown'; reason?: string };
  properties?: Record<string, unknown>;
}

export interface Engagement extends Particulars {
  id: string;
  /** `adapter:connection`; with `id` the key by which repeated deliveries are one. */
  source: string;
  type: string;
  occurredAt: string;
  timePrecision: 'ms' | 's' | 'day' | 'assumed';
  receivedAt: string;
  person: Person;
  authenticated: Authenticated;
}
