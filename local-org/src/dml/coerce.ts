import type { Field, FieldType, Value } from '../schema/types.ts';
import { canonicalId } from '../store/id.ts';
import { datetimeText } from '../time.ts';
import { RowError } from './row-error.ts';

/** A value from JSON (or a CSV cell) as its field stores it. Empty text is null, as in Salesforce. */
export function coerce(field: Field, input: unknown): Value {
  if (input === null || input === undefined) return null;
  if (typeof input === 'object') throw unreadable(field, input, Array.isArray(input) ? 'START_ARRAY' : 'START_OBJECT');
  const value = typeof input === 'string' ? input.trim() : (input as number | boolean);
  if (value === '' && field.type !== 'boolean') return null;
  const result = readers[field.type](value, field);
  if (result === undefined) throw unreadable(field, input);
  return result;
}

type Reader = (value: string | number | boolean, field: Field) => Value | undefined;

const text: Reader = (value) => String(value);

const number: Reader = (value, { scale }) => {
  const read =
    typeof value === 'number' ? value : typeof value === 'string' && isNumber(value) ? Number(value) : undefined;
  return read === undefined ? undefined : roundHalfUp(read, scale);
};

const readers: Record<FieldType, Reader> = {
  id: text,
  string: text,
  textarea: (value) => String(value).replaceAll('\r\n', '\n'),
  picklist: text,
  combobox: text,
  email: text,
  phone: text,
  url: text,
  multipicklist: (value) =>
    String(value)
      .split(';')
      .map((part) => part.trim())
      .filter(Boolean)
      .join(';'),
  boolean: (value) =>
    typeof value === 'boolean'
      ? value
      : ({ true: true, false: false, '1': true, '0': false } as const)[String(value).toLowerCase()],
  int: (value) => {
    const read = typeof value === 'string' && isNumber(value) ? Number(value) : value;
    return Number.isInteger(read) ? read : undefined;
  },
  double: number,
  currency: number,
  percent: number,
  date: (value) => (typeof value === 'string' && isDate(value) ? value : undefined),
  datetime: (value) => (typeof value === 'string' ? datetime(value) : undefined),
  time: (value) => {
    const parts = typeof value === 'string' ? /^(([01]\d|2[0-3]):[0-5]\d:[0-5]\d)(\.\d{1,3})?Z?$/.exec(value) : null;
    return parts ? `${parts[1]!}${(parts[3] ?? '.').padEnd(4, '0')}Z` : undefined;
  },
  reference: (value, field) => {
    const id = canonicalId(value);
    if (id) return id;
    throw new RowError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name]);
  },
  address: () => undefined,
  anyType: () => undefined,
};

const isNumber = (value: string) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value);

function isDate(value: string): boolean {
  const instant = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(value) : NaN;
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value);
}

function datetime(value: string): string | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.exec(value);
  if (!parts || !isDate(parts[1]!)) return undefined;
  const zone = parts[4]!.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
  const instant = Date.parse(`${parts[1]!}T${parts[2]!}${(parts[3] ?? '').slice(0, 4)}${zone}`);
  return Number.isNaN(instant) ? undefined : datetimeText(instant);
}

/** Half away from zero, at the decimal digits that the number is written with. */
function roundHalfUp(value: number, scale: number): number {
  const shifted = Number(`${Math.abs(value)}e${scale}`);
  if (Number.isNaN(shifted)) return Number(value.toFixed(scale));
  return Math.sign(value) * Number(`${Math.round(shifted)}e-${scale}`) || 0;
}

function unreadable({ name, type }: Field, input: unknown, token = tokens[typeof input] ?? 'VALUE_STRING'): RowError {
  const shown = typeof input === 'object' ? '' : ` value ${input as string | number | boolean}`;
  return new RowError(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${type} from ${token}${shown} or request may be missing a required field`,
    [name],
  );
}

const tokens: Record<string, string> = { number: 'VALUE_NUMBER', boolean: 'VALUE_BOOLEAN' };
