import type { Row } from '../schema/types.ts';
import type { Path } from './program.ts';

const milliseconds = { Minutes: 60_000, Hours: 3_600_000, Days: 86_400_000 } as const;

/** When a path of a record is due, as epoch milliseconds: undefined where the date that it goes by is blank. */
export function dueAt({ when }: Path, row: Row, now: number): number | undefined {
  if (when === 'after commit') return now;
  const { field, offset } = when;
  const value = field === null ? now : row[field];
  if (value === null || value === undefined) return undefined;
  const start = typeof value === 'number' ? value : Date.parse(value as string);
  if (offset.unit !== 'Months') return start + offset.number * milliseconds[offset.unit];
  return addMonths(start, offset.number);
}

/** The same day some months later, or the last day of that month where it is shorter. */
export function addMonths(instant: number, months: number): number {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}
