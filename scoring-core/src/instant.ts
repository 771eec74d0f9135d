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
  const instant = instantOf(value);
  return Number.isNaN(instant) ? undefined : instant;
}

/** The same with NaN for what is no date: a number in any case, which is faster where there are many. */
export function instantOf(value: unknown): number {
  if (typeof value !== 'string') return Number.NaN;
  const usual = parseUsual(value);
  return Number.isNaN(usual) ? parseAny(value) : usual;
}

/** `2026-03-15T12:00:00Z` and `2026-03-15T12:00:00.000Z`, as nearly all instants are written, without a pattern. */
function parseUsual(text: string): number {
  const { length } = text;
  if (length !== 24 && length !== 20) return Number.NaN;
  const marks =
    text.charCodeAt(4) === DASH &&
    text.charCodeAt(7) === DASH &&
    text.charCodeAt(10) === T &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON &&
    text.charCodeAt(length - 1) === Z &&
    (length === 20 || text.charCodeAt(19) === DOT);
  if (!marks) return Number.NaN;
  const hundreds = twoDigits(text, 0);
  const ones = twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  const fraction = length === 20 ? 0 : twoDigits(text, 20) * 10 + digit(text, 22);
  // A single one below 0, which stands for what is no number, makes all of them together so.
  if ((hundreds | ones | month | day | hour | minute | second | fraction) < 0) return Number.NaN;
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  return dayInstant(hundreds * 100 + ones, month, day) + ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
}

const DASH = 45;
const T = 84;
const COLON = 58;
const Z = 90;
const DOT = 46;

/** Far below 0 unless it is a digit. */
function digit(text: string, index: number): number {
  const value = text.charCodeAt(index) - 48;
  return value >= 0 && value <= 9 ? value : -10_000;
}

function twoDigits(text: string, index: number): number {
  return digit(text, index) * 10 + digit(text, index + 1);
}

function parseAny(value: string): number {
  const parts = iso.exec(value);
  if (!parts) return Number.NaN;
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
  if (+hour > 23 || +minute > 59 || +second > 59 || +offsetHour > 23 || +offsetMinute > 59) return Number.NaN;
  const midnight = dayInstant(Number(year), Number(month), Number(day));
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const offset = (+offsetHour * 60 + +offsetMinute) * (sign === '-' ? -MINUTE : MINUTE);
  return midnight + (+hour * 60 + +minute) * MINUTE + +second * 1000 + milliseconds - offset;
}

const DAY = 1440 * MINUTE;
const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The days of a year that begins in March which lie before each month. */
const before = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];

/** Midnight UTC of a day, in the calendar of today for all times, NaN if there is none; `month` counts from 1. */
function dayInstant(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || (day > 28 && day > daysOf(year, month))) return Number.NaN;
  // Years that begin in March have their odd day at their end.
  const years = month > 2 ? year : year - 1;
  const leaps = (years >> 2) - ((years / 100) | 0) + ((years / 400) | 0);
  return (years * 365 + leaps + before[month - 1]! + day - 719_469) * DAY;
}

function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && !isLeap ? 28 : lengths[month - 1]!;
}

/** `2026-03-01T00:00:00.000Z` */
export const formatInstant = (instant: number): string => new Date(instant).toISOString();
