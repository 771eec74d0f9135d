/** Instants as milliseconds since 1970, UTC, read from ISO dates exactly as section 3.3 says. */

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d):?(\d\d))?)?$/;

const MINUTE = 60_000;

/**
 * The instant of `YYYY-MM-DD` or of that with a time; `undefined` for whatever else, text or not. Fractions of a second
 * are cut to milliseconds; without an offset the time is UTC.
 *
 * @example parseInstant('2026-03-10T12:00:00.000+0000') === Date.UTC(2026, 2, 10, 12)
 */
export function parseInstant(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  return parseUsual(value) ?? parseAny(value);
}

/** `2026-03-15T12:00:00Z` and `2026-03-15T12:00:00.000Z`, as nearly all instants are written, without a pattern. */
function parseUsual(text: string): number | undefined {
  const { length } = text;
  if (length !== 24 && length !== 20) return undefined;
  const marks =
    text.charCodeAt(4) === DASH &&
    text.charCodeAt(7) === DASH &&
    text.charCodeAt(10) === T &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON &&
    text.charCodeAt(length - 1) === Z &&
    (length === 20 || text.charCodeAt(19) === DOT);
  if (!marks) return undefined;
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)];
  const midnight = dayInstant(twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8));
  const fraction = length === 20 ? 0 : twoDigits(text, 20) * 10 + (twoDigits(text, 21) % 10);
  // What is no number is NaN here, of which no comparison holds.
  if (midnight === undefined || !(hour < 24 && minute < 60 && second < 60 && fraction >= 0)) return undefined;
  return midnight + (hour * 60 + minute) * MINUTE + second * 1000 + fraction;
}

const [DASH, T, COLON, Z, DOT] = [45, 84, 58, 90, 46];

function twoDigits(text: string, index: number): number {
  const [tens, ones] = [text.charCodeAt(index) - 48, text.charCodeAt(index + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function parseAny(value: string): number | undefined {
  const parts = iso.exec(value);
  if (!parts) return undefined;
  const [
    ,
    year,
    month,
    day,
    hour = '0',
    minute = '0',
    second = '0',
    fraction = '',
    sign,
    offsetHour = '0',
    offsetMinute = '0',
  ] = parts;
  if (+hour > 23 || +minute > 59 || +second > 59 || +offsetHour > 23 || +offsetMinute > 59) return undefined;
  const midnight = dayInstant(Number(year), Number(month), Number(day));
  if (midnight === undefined) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const offset = (+offsetHour * 60 + +offsetMinute) * (sign === '-' ? -MINUTE : MINUTE);
  return midnight + (+hour * 60 + +minute) * MINUTE + +second * 1000 + milliseconds - offset;
}

const DAY = 1440 * MINUTE;
const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Midnight UTC of a day that exists, in the calendar of today for all times; `month` counts from 1. */
function dayInstant(year: number, month: number, day: number): number | undefined {
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= lengths[month - 1]!)) return undefined;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month === 2 && day === 29 && !isLeap) return undefined;
  // Years that begin in March have their odd day at their end, and months of which five have 153 days.
  const years = month > 2 ? year : year - 1;
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  const days = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return (years * 365 + leaps + days - 719_468) * DAY;
}

/** `2026-03-01T00:00:00.000Z` */
export const formatInstant = (instant: number): string => new Date(instant).toISOString();
