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
