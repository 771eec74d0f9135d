import type { Connection } from 'jsforce';
import type { Stack, Traced } from './stack.ts';

/** Milliseconds from the receipt of a delivery until each step was done. */
export interface Latency {
  accepted?: number;
  ledger?: number;
  evaluated?: number;
  written?: number;
}

/** What one delivery has changed. */
export interface Change {
  readonly delivery: number;
  readonly engagement: string;
  readonly lead: string;
  readonly before: Standing;
  readonly after: Standing;
  readonly latency: Latency;
}

/** The score of a lead as the record has it. */
export interface Standing {
  readonly score: number | null;
  readonly rating: string | null;
}

interface LeadRow {
  Id: string;
  Lead_Score__c: number | null;
  Score_Rating__c: string | null;
}

/**
 * Follows the ingester's trace and tells, for each delivery of one engagement, what it has changed on its lead. Start it
 * when nothing is under way.
 */
export async function watch(stack: Stack, tell: (change: Change) => void): Promise<void> {
  const latencies = new Map<number, Latency>();
  const standings = await readStandings(stack.org);
  let last = Promise.resolve();
  stack.trace.on('step', (traced: Traced) => {
    const latency = latencies.get(traced.delivery) ?? {};
    latencies.set(traced.delivery, latency);
    if (latency[traced.step] !== undefined) return;
    latency[traced.step] = traced.ms;
    if (traced.step === 'written')
      last = last.then(() => report(stack.org, standings, traced.delivery, traced.engagement, latency, tell));
  });
}

async function report(
  org: Connection,
  standings: Map<string, Standing>,
  delivery: number,
  externalId: string,
  latency: Latency,
  tell: (change: Change) => void,
): Promise<void> {
  const [row] = await org
    .sobject('Engagement__c')
    .find({ External_Id__c: externalId }, ['Type__c', 'Source__c', 'Lead__c', 'Lead__r.Name'] as never[])
    .execute();
  const engagement = row as unknown as {
    Type__c: string;
    Source__c: string;
    Lead__c: string;
    Lead__r: { Name: string } | null;
  };
  if (!engagement.Lead__r) return;
  const lead = (await org.sobject('Lead').retrieve(engagement.Lead__c)) as unknown as LeadRow;
  const [before, after] = [standings.get(lead.Id) ?? { score: null, rating: null }, standingOf(lead)];
  standings.set(lead.Id, after);
  const adapter = engagement.Source__c.split(':')[0] ?? '';
  tell({
    delivery,
    engagement: `${adapter} ${engagement.Type__c}`,
    lead: engagement.Lead__r.Name,
    before,
    after,
    latency,
  });
}

async function readStandings(org: Connection): Promise<Map<string, Standing>> {
  const { records } = await org.query<LeadRow>('SELECT Id, Lead_Score__c, Score_Rating__c FROM Lead');
  return new Map(records.map((lead) => [lead.Id, standingOf(lead)]));
}

const standingOf = ({ Lead_Score__c, Score_Rating__c }: LeadRow): Standing => ({
  score: Lead_Score__c,
  rating: Score_Rating__c,
});

/** `Dana Whitfield: 20 → 61, Warm → Hot (activecampaign email.click)`, and when each step was done. */
export function inWords({ engagement, lead, before, after, latency }: Change): string {
  const score = `${before.score ?? 'no score'} → ${after.score ?? 'no score'}`;
  const rating =
    before.rating === after.rating
      ? (after.rating ?? 'no rating')
      : `${before.rating ?? 'no rating'} → ${after.rating ?? 'no rating'}`;
  const at = (ms: number | undefined) => `${String(ms ?? '?').padStart(3)} ms`;
  return [
    `  ${lead}: ${score}, ${rating}  (${engagement})`,
    `      answered ${at(latency.accepted)}   in the ledger ${at(latency.ledger)}   scored ${at(latency.evaluated)}   on the record ${at(latency.written)}`,
  ].join('\n');
}
