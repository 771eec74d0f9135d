/** Section 2: ISO 8601 durations. Years and months are calendar steps; all the rest is an exact span. */

export interface Duration {
  /** Years and months, in months; 0 for an exact duration. */
  readonly months: number;
  /** Weeks, days, hours and minutes, in milliseconds. */
  readonly milliseconds: number;
}

const iso = /^P(?=\d|T)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?)?$/;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `undefined` for text that is no duration of section 2: nothing given, a part of 0, seconds, fractions. */
export function parseDuration(text: string): Duration | undefined {
  const parts = iso.exec(text)?.slice(1) as (string | undefined)[] | undefined;
  if (!parts || parts.some((part) => part !== undefined && Number(part) === 0)) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0] = parts.map((part) => Number(part ?? 0));
  return {
    months: years * 12 + months,
    milliseconds: (weeks * 7 + days) * DAY + hours * HOUR + minutes * MINUTE,
  };
}

/** The length in milliseconds of an exact duration that the schema has accepted. */
export function span(text: string): number {
  return parseDuration(text)?.milliseconds ?? Number.NaN;
}

/**
 * The instant that lies `duration` after `instant`: calendar steps first, the day cut to the month's last day, then the
 * exact rest. `Infinity` beyond the years that a Date can hold.
 */
export function addDuration(instant: number, { months, milliseconds }: Duration): number {
  if (months === 0) return instant + milliseconds;
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months);
  if (date.getUTCDate() !== day) date.setUTCDate(0); // ran over into the next month: back to the last day before it
  const stepped = date.getTime();
  return Number.isNaN(stepped) ? Infinity : stepped + milliseconds;
}
