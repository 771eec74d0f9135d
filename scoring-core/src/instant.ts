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
  if (text.charCodeAt(10) !== 84 || text.charCodeAt(length - 1) !== 90) return undefined; // T, Z
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined; // -
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return undefined; // :
  if (length === 24 && text.charCodeAt(19) !== 46) return undefined; // .
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  const fraction = length === 24 ? digits(text, 20, 3) : 0;
  // What is no number here is NaN, of which no comparison holds. Days that months may lack are left to the calendar.
  if (!(year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour < 24 && minute < 60 && second < 60)) {
    return undefined;
  }
  const instant = Date.UTC(year, month - 1, day, hour, minute, second, fraction);
  return Number.isNaN(instant) ? undefined : instant;
}

function digits(text: string, start: number, count: number): number {
  let number = 0;
  for (let index = start; index < start + count; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
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
  const midnight = dayInstant(Number(year), Number(month) - 1, Number(day));
  if (midnight === undefined) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const offset = (+offsetHour * 60 + +offsetMinute) * (sign === '-' ? -MINUTE : MINUTE);
  return midnight + (+hour * 60 + +minute) * MINUTE + +second * 1000 + milliseconds - offset;
}

/** Midnight UTC of a day that exists; `month` counts from 0. */
function dayInstant(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day); // Date.UTC would read the years 0 to 99 as 1900 to 1999
  return date.getUTCMonth() === month ? date.getTime() : undefined; // a day that does not exist falls into another month
}

/** `2026-03-01T00:00:00.000Z` */
export const formatInstant = (instant: number): string => new Date(instant).toISOString();
