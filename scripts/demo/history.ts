import type { Payload } from './payload.ts';

/** What the history needs to know of a lead. */
export interface Person {
  readonly Email: string;
}

const DAY_MS = 86_400_000;
const EVENTS_PER_DELIVERY = 100;

const SITE = 'https://www.scoreline.example';
const PAGES = ['/', '/product', '/customers', '/pricing', '/docs'];

type Happening = Record<string, unknown>;
type Chance = () => number;

/** Kinds of engagement, each as Segment reports it: its page call, and its Email Spec track calls. */
const kinds: ((pick: Chance) => Happening)[] = [
  () => ({ type: 'track', event: 'Email Opened', properties: { campaign_id: '41', email_subject: 'October news' } }),
  () => ({
    type: 'track',
    event: 'Email Opened',
    properties: { campaign_id: '40', email_subject: 'A tour in three minutes' },
  }),
  (pick) => ({
    type: 'track',
    event: 'Email Link Clicked',
    properties: { campaign_id: '41', link_url: SITE + oneOf(PAGES, pick) },
  }),
  (pick) => ({ type: 'page', properties: { url: SITE + oneOf(PAGES, pick) } }),
  (pick) => ({ type: 'page', properties: { url: SITE + oneOf(PAGES, pick) } }),
  () => ({ type: 'track', event: 'Form Submitted', properties: { form_id: 'newsletter', form_name: 'Newsletter' } }),
];

/**
 * Six weeks of engagement of `people`, as Segment deliveries of up to a hundred events: some people do a lot, many little,
 * some nothing. The same people and instant always give the same history.
 */
export function history(people: readonly Person[], now: number): Payload[] {
  const pick = chance(20_26);
  const happenings = people.flatMap((person, index) => {
    const zeal = pick() ** 3 * 14;
    return Array.from({ length: Math.floor(zeal) }, (_, count) => ({
      version: 1,
      messageId: `history-${index}-${count}`,
      userId: `u-${index}`,
      timestamp: new Date(now - Math.floor(pick() * 42 * DAY_MS) - 600_000).toISOString(),
      context: { traits: { email: person.Email } },
      ...oneOf(kinds, pick)(pick),
    }));
  });
  const deliveries: Payload[] = [];
  for (let start = 0; start < happenings.length; start += EVENTS_PER_DELIVERY) {
    const body = JSON.stringify(happenings.slice(start, start + EVENTS_PER_DELIVERY));
    deliveries.push({ path: '/in/segment', headers: { 'Content-Type': 'application/json' }, body });
  }
  return deliveries;
}

function oneOf<T>(list: readonly T[], pick: Chance): T {
  return list[Math.floor(pick() * list.length)]!;
}

/** A repeatable source of numbers in [0, 1): the mulberry32 generator. */
function chance(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
