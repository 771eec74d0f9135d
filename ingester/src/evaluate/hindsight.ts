import type { Engagement } from '../engagement/engagement.ts';

type Automated = NonNullable<Engagement['automated']>;

/** Whoever follows a link this soon after the message arrived is a program; so is whoever follows `MANY` links this fast. */
const SOON = 2000;
const MANY = 3;

const soon: Automated = { verdict: 'machine', reason: `clicked within ${SOON / 1000} seconds of delivery` };
const burst: Automated = { verdict: 'machine', reason: `clicked ${MANY} links within ${SOON / 1000} seconds` };

/**
 * The verdicts that only the other engagements with the same message can tell: scanners of links say nothing of
 * themselves, but do not wait. By engagement, for those whose verdict changes. What its source calls human or machine
 * stays, and so does what has no exact time.
 */
export function hindsight(engagements: readonly Engagement[]): Map<Engagement, Automated> {
  const verdicts = new Map<Engagement, Automated>();
  const doubtful = Map.groupBy(engagements.filter(isOpenToDoubt), messageOf);
  if (doubtful.size === 0) return verdicts;
  const delivered = Map.groupBy(
    engagements.filter(({ type }) => type === 'email.delivered'),
    messageOf,
  );
  for (const [message, clicks] of doubtful) {
    if (message === undefined) continue;
    clicks.sort((a, b) => instant(a) - instant(b));
    for (const click of bursts(clicks)) verdicts.set(click, burst);
    for (const delivery of delivered.get(message) ?? []) {
      for (const click of clicks) {
        const age = instant(click) - instant(delivery);
        if (age >= 0 && age < SOON) verdicts.set(click, soon);
      }
    }
  }
  return verdicts;
}

const instant = ({ occurredAt }: Engagement): number => Date.parse(occurredAt);

/** One message to one person; undefined where the source does not say which message it was. */
function messageOf({ source, campaign, person }: Engagement): string | undefined {
  const message = campaign?.messageId ?? campaign?.id;
  return message === undefined ? undefined : JSON.stringify([source, message, person.email ?? person]);
}

function isOpenToDoubt({ type, timePrecision, automated }: Engagement): boolean {
  const isExact = timePrecision === 'ms' || timePrecision === 's';
  return type === 'email.click' && isExact && automated?.verdict !== 'human' && automated?.verdict !== 'machine';
}

/** The clicks that belong to a moment in which many different links were clicked; `clicks` are in order of time. */
function* bursts(clicks: readonly Engagement[]): Generator<Engagement> {
  const links = new Map<string | undefined, number>();
  const count = (click: Engagement, by: number) => {
    const times = (links.get(click.link?.url) ?? 0) + by;
    if (times === 0) links.delete(click.link?.url);
    else links.set(click.link?.url, times);
  };
  let start = 0;
  let told = 0;
  for (const [index, click] of clicks.entries()) {
    count(click, 1);
    while (instant(click) - instant(clicks[start]!) >= SOON) count(clicks[start++]!, -1);
    if (links.size < MANY) continue;
    for (told = Math.max(told, start); told <= index; told += 1) yield clicks[told]!;
  }
}
