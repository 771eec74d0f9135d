import type { Field } from '../schema/types.ts';

/** A field as UI API and GraphQL answer it: for programs, and for people where that differs. */
export interface FieldValue {
  readonly value: unknown;
  readonly displayValue: string | null;
}

const LOCALE = 'en-US';
const date = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC' });
const dateTime = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'short' });

/** `raw` is what a SOQL query answers for the field. Datetimes end in `Z` here, in `+0000` there. */
export function fieldValue(field: Field, raw: unknown): FieldValue {
  if (raw === null || raw === undefined) return { value: null, displayValue: null };
  const value = field.type === 'datetime' ? new Date(raw as string).toISOString() : raw;
  return { value, displayValue: display(field, value) };
}

function display(field: Field, value: unknown): string | null {
  const { type, scale, picklist } = field;
  if (type === 'datetime') return dateTime.format(new Date(value as string));
  if (type === 'date') return date.format(new Date(`${value as string}T00:00:00Z`));
  if (type === 'int' || type === 'double') return number(scale).format(value as number);
  if (type === 'percent') return `${number(scale).format(value as number)}%`;
  if (type === 'currency') return number(scale, { style: 'currency', currency: 'USD' }).format(value as number);
  if (type === 'picklist' || type === 'combobox') {
    return picklist.find((entry) => entry.value === value)?.label ?? (value as string);
  }
  return null;
}

const number = (scale: number, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat =>
  new Intl.NumberFormat(LOCALE, { ...options, minimumFractionDigits: scale, maximumFractionDigits: scale });
