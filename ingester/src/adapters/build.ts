import type { Authenticated, Engagement, Particulars, Person } from '../engagement/engagement.ts';
import { parseWhen, toIso } from '../engagement/time.ts';
import type { Delivery } from './adapter.ts';
import { verdictOfClient } from './automated.ts';
import { present } from './json.ts';

/** Particulars as adapters collect them: whatever they looked for, found or not. */
export type Found = { [K in keyof Particulars]: Particulars[K] | undefined };

/** What every engagement is made of. `when` is the source's own time in any form, or nothing. */
export interface Facts {
  id: string;
  type: string;
  when: unknown;
  person: Person | undefined;
  found?: Found;
  authenticated?: Authenticated;
}

/** Puts an engagement together with what the delivery says of all its events. */
export function engagement(delivery: Delivery, facts: Facts): Engagement {
  const found = facts.found ?? {};
  const automated = found.automated ?? verdictOfClient(facts.type, found.client?.userAgent);
  return {
    id: facts.id,
    source: sourceOf(delivery),
    type: facts.type,
    ...parseWhen(facts.when, delivery.receivedAt),
    receivedAt: toIso(delivery.receivedAt),
    person: facts.person ?? {},
    ...present({ ...found, automated }),
    authenticated: facts.authenticated ?? delivery.authenticated,
  };
}

export const sourceOf = ({ adapter, connection }: Delivery): string => `${adapter}:${connection}`;
