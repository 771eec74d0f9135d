import { evaluate, type Model } from '../../../../scoring-core/src/index.ts';
import { sha256 } from '../../../src/engagement/id.ts';
import { leadModel } from '../model.ts';
import type { TestOrg } from '../org.ts';

const TYPES = ['email.click', 'email.open', 'page.view', 'form.submit'];
const MINUTE = 60_000;

export type LoadEvent = Record<'id' | 'type' | 'email' | 'occurredAt', string>;

export interface Load {
  events: LoadEvent[];
  /** Lead IDs by address. */
  leads: Map<string, string>;
}

const addressOf = (person: number) => `person${person}@example.com`;

/** Events of people who are leads; no two of a person within a minute. */
export function createLoad(org: TestOrg, size: { people: number; events: number }): Load {
  org.model();
  const people = Array.from({ length: size.people }, (_, person) => addressOf(person));
  return {
    leads: new Map(people.map((email) => [email, org.lead(email, { Industry: 'Technology' })])),
    events: Array.from({ length: size.events }, (_, index) => ({
      id: `event-${index}`,
      type: TYPES[Math.floor(index / size.people) % TYPES.length]!,
      email: addressOf(index % size.people),
      occurredAt: new Date(Date.UTC(2026, 0, 1) + index * MINUTE).toISOString(),
    })),
  };
}

/** Work for every step: somebody new, who is a lead and scores nothing. */
export function filler(org: TestOrg, number: number): LoadEvent {
  const email = `filler${number}@example.com`;
  org.lead(email);
  return { id: `filler-${number}`, type: 'tag.remove', email, occurredAt: '2026-01-01T00:00:00.000Z' };
}

export interface Difference {
  /** Engagements that are not in the org, or not on their lead. */
  missing: number;
  /** Rows in the org beyond one for each engagement. */
  tooMany: number;
  /** People whose score, rating or score row differs from an evaluation from scratch. */
  wrongScores: number;
}

/** What stands in the org, compared with the load: each engagement once, and scores as evaluated from scratch. */
export function compare(org: TestOrg, { events, leads }: Load): Difference {
  // By lead, as the org answers a query with 2,000 rows at most.
  const select = 'SELECT External_Id__c, Lead__c, Type__c, Occurred_At__c FROM Engagement__c';
  const rows = [...leads.values(), null].flatMap((lead) =>
    org.query(`${select} WHERE Type__c != 'tag.remove' AND Lead__c = ${lead === null ? 'NULL' : `'${lead}'`}`),
  );
  const inOrg = new Map(rows.map((row) => [row['External_Id__c'], row]));
  const missing = events.filter(({ id, type, email, occurredAt }) => {
    const row = inOrg.get(sha256(`generic:generic\n${id}`));
    const at = new Date(String(row?.['Occurred_At__c'])).getTime();
    return row?.['Lead__c'] !== leads.get(email) || row?.['Type__c'] !== type || at !== Date.parse(occurredAt);
  });
  const fields = new Map(
    org.query('SELECT Id, Lead_Score__c, Score_Rating__c FROM Lead').map((row) => [row['Id'], row]),
  );
  const scores = Map.groupBy(org.query('SELECT Record_Id__c, Value__c FROM Score__c'), (row) => row['Record_Id__c']);
  const byPerson = Map.groupBy(events, ({ email }) => email);
  const now = new Date().toISOString();
  const wrong = [...leads].filter(([email, id]) => {
    const own = byPerson.get(email) ?? [];
    const { score, rating } = evaluate(leadModel as Model, { Industry: 'Technology' }, own, undefined, now);
    const [first, ...more] = scores.get(id) ?? [];
    const lead = fields.get(id);
    const holds = lead?.['Lead_Score__c'] === score && lead['Score_Rating__c'] === rating;
    return !holds || first?.['Value__c'] !== score || more.length > 0;
  });
  return { missing: missing.length, tooMany: rows.length - events.length, wrongScores: wrong.length };
}
