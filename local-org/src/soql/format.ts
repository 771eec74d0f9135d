import type { Field, Value } from '../schema/types.ts';

const number = (digits: number) => new Intl.NumberFormat('en-US', { maximumFractionDigits: digits });
const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const day = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC' });
const instant = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});

/** What FORMAT() makes of a value for users of the locale en_US, in GMT and US dollars. */
export function formatValue({ type, scale }: Field, value: Value): Value {
  if (typeof value === 'number') return type === 'currency' ? money.format(value) : number(scale).format(value);
  if (typeof value !== 'string') return value;
  if (type === 'date') return day.format(new Date(`${value}T00:00:00Z`));
  // Newer ICU data puts a narrow space before AM and PM.
  if (type === 'datetime') return instant.format(new Date(value)).replaceAll('\u202f', ' ');
  return value;
}
