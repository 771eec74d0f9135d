import LOCALE from '@salesforce/i18n/locale';
import { parseDuration } from 'c/scoringAdvice';

export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** A number of one unit. */
export interface Span {
  count: number;
  unit: Unit;
}

const WEEK = 7 * 1440;
const EXACT: [Unit, minutes: number][] = [
  ['day', 1440],
  ['hour', 60],
  ['minute', 1],
];
const LETTERS: Record<Unit, string> = {
  minute: 'T#M',
  hour: 'T#H',
  day: '#D',
  week: '#W',
  month: '#M',
  year: '#Y',
};

/** A duration of the scoring contract as a number of its largest unit; undefined where no single unit says it. */
export function spanOf(duration: string): Span | undefined {
  const { months, milliseconds } = parseDuration(duration) ?? { months: 0, milliseconds: 0 };
  if ((months === 0) === (milliseconds === 0)) return undefined;
  if (months > 0) return months % 12 === 0 ? { count: months / 12, unit: 'year' } : { count: months, unit: 'month' };
  const minutes = milliseconds / 60_000;
  if (/^P\d+W$/.test(duration)) return { count: minutes / WEEK, unit: 'week' };
  const [unit, size] = EXACT.find(([, each]) => minutes % each === 0)!;
  return { count: minutes / size, unit };
}

/** @example durationOf({ count: 14, unit: 'day' }) === 'P14D' */
export const durationOf = ({ count, unit }: Span): string => `P${LETTERS[unit].replace('#', String(count))}`;

/** "14 days", in the user's language; the text itself where it is none. */
export function durationInWords(duration: string): string {
  const span = spanOf(duration);
  if (!span) return duration;
  return new Intl.NumberFormat(LOCALE, { style: 'unit', unit: span.unit, unitDisplay: 'long' }).format(span.count);
}
