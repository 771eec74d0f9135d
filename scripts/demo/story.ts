import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Status } from '../../ingester/src/http/status.ts';
import { UserError } from '../program.ts';
import { history, type Person } from './history.ts';
import { readPayload, send, signedBySegment } from './payload.ts';
import type { Stack } from './stack.ts';
import { inWords, watch, type Change } from './watch.ts';

/** `examples/payloads/<name>.http`, in the order in which the story makes sense. */
export const STORY = [
  'activecampaign-open',
  'activecampaign-click',
  'segment-page',
  'segment-form',
  'cloudevents-click',
  'generic-webinar',
];

/** How long the ingester may take to bring into Salesforce what it has accepted. */
const PATIENCE_MS = 60_000;

/** Sends six weeks of history of these people and waits until Salesforce has it all. Resolves to the number of events. */
export async function playHistory(stack: Stack, people: readonly Person[], now: number): Promise<number> {
  let events = 0;
  for (const payload of history(people, now)) {
    await accepted(stack, signedBySegment(payload, stack.secrets.SEGMENT_SECRET));
    events += (JSON.parse(payload.body) as unknown[]).length;
  }
  await untilAtRest(stack);
  return events;
}

/** Plays the webhooks of `examples/payloads` one by one, and goes on telling what each further one changes. */
export async function playStory(stack: Stack, now: number, tell: (text: string) => void): Promise<void> {
  const told = new EventEmitter<{ change: [Change] }>();
  await watch(stack, (change) => {
    tell(inWords(change));
    told.emit('change', change);
  });
  for (const name of STORY) {
    const file = new URL(`../../examples/payloads/${name}.http`, import.meta.url);
    const payload = await readPayload(file, { now, secret: stack.secrets.WEBINARS_SECRET });
    const isSegment = payload.path.endsWith('/segment');
    const change = once(told, 'change', { signal: AbortSignal.timeout(PATIENCE_MS) });
    await accepted(stack, isSegment ? signedBySegment(payload, stack.secrets.SEGMENT_SECRET) : payload);
    await change;
  }
}

async function accepted(stack: Stack, payload: Parameters<typeof send>[1]): Promise<void> {
  const status = await send(stack.ingesterUrl, payload);
  if (status >= 300) throw new UserError(`the ingester answered ${status} to ${payload.path}`);
}

/** Waits until nothing is on its way from the inbox to Salesforce; everybody in the demo is a lead, so that nobody stays unmatched. */
async function untilAtRest({ ingesterUrl }: Stack): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; ;) {
    const { counts, failures } = (await (await fetch(`${ingesterUrl}/status`)).json()) as Status;
    const { inbox, unmatched, outbox, records } = counts;
    if (inbox + unmatched + outbox === 0 && records > 0) return;
    if (Date.now() > deadline)
      throw new UserError(`the ingester is not done after a minute: ${JSON.stringify({ counts, failures })}`);
    await delay(100);
  }
}
