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
  switch (field.type) {
    case 'datetime':
      return dateTime.format(new Date(value as string));
    case 'date':
      return date.format(new Date(`${value as string}T00:00:00Z`));
    case 'int':
    case 'double':
      return number(field.scale).format(value as number);
    case 'percent':
      return `${number(field.scale).format(value as number)}%`;
    case 'currency':
      return number(field.scale, { style: 'currency', currency: 'USD' }).format(value as number);
    case 'picklist':
    case 'combobox':
      return field.picklist.find((entry) => entry.value === value)?.label ?? String(value);
    default:
      return null;
  }
}

const number = (scale: number, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat =>
  new Intl.NumberFormat(LOCALE, { ...options, minimumFractionDigits: scale, maximumFractionDigits: scale });
