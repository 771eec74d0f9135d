import type { Engagement } from './engagement.ts';

type When = Pick<Engagement, 'occurredAt' | 'timePrecision'>;

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s?([Zz]|[+-]\d\d:?\d\d)?)?$/;

/** Below this a number is taken for seconds since 1970, from it on for milliseconds (2001-09-09 in either case is out of reach). */
const MILLISECONDS_FROM = 100_000_000_000;

/** The last instant that both JavaScript and Salesforce can write with a four-digit year. */
const LATEST = Date.UTC(9999, 11, 31);

/**
 * When it happened, in UTC milliseconds: from ISO 8601 (without a zone it is UTC) or a number of seconds or milliseconds
 * since 1970. What is no time counts as happened on receipt, and says so (`assumed`).
 */
export function parseWhen(value: unknown, receivedAt: number): When {
  return fromText(value) ?? fromNumber(value) ?? { occurredAt: toIso(receivedAt), timePrecision: 'assumed' };
}

export const toIso = (instant: number): string => new Date(instant).toISOString();

function fromText(value: unknown): When | undefined {
  const parts = typeof value === 'string' ? iso.exec(value.trim()) : null;
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = parts;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(date).getUTCDate() !== Number(day) || Number(month) > 12) return undefined;
  if (Number(hour ?? 0) > 24 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 60) return undefined;
  const milliseconds = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'));
  const time = ((Number(hour ?? 0) * 60 + Number(minute ?? 0)) * 60 + Number(second ?? 0)) * 1000 + milliseconds;
  const timePrecision = hour === undefined ? 'day' : fraction === undefined ? 's' : 'ms';
  return { occurredAt: toIso(date + time - offset(zone)), timePrecision };
}

function fromNumber(value: unknown): When | undefined {
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  if (typeof number !== 'number' || !(number > 0)) return undefined;
  const seconds = number < MILLISECONDS_FROM;
  const instant = Math.floor(seconds ? number * 1000 : number);
  if (instant > LATEST) return undefined;
  return { occurredAt: toIso(instant), timePrecision: seconds && Number.isInteger(number) ? 's' : 'ms' };
}

/** Milliseconds east of UTC of `Z`, `+05:30`, `-0600` or nothing. */
function offset(zone: string | undefined): number {
  if (zone === undefined || zone.length === 1) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
