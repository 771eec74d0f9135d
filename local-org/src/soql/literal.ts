import type { LiteralType } from '@jetstreamapp/soql-parser-js';
import { ApiError, invalidField, NotSupported } from '../errors.ts';
import type { Field, FieldType } from '../schema/types.ts';
import { canonicalId } from '../store/id.ts';
import { coerce } from '../dml/coerce.ts';

const literalsOf: Partial<Record<FieldType, readonly LiteralType[]>> = {
  boolean: ['BOOLEAN'],
  int: ['INTEGER', 'DECIMAL'],
  double: ['INTEGER', 'DECIMAL'],
  currency: ['INTEGER', 'DECIMAL'],
  percent: ['INTEGER', 'DECIMAL'],
  date: ['DATE'],
  datetime: ['DATETIME'],
};

/** A literal as the value that the field's column holds; refused where it is not of the field's type. */
export function literalValue(field: Field, text: string, type: LiteralType): string | number | null {
  if (type === 'NULL') return null;
  if (type.endsWith('CURRENCY_PREFIX')) throw new NotSupported('currency literals in SOQL');
  const allowed = literalsOf[field.type] ?? ['STRING'];
  if (!allowed.includes(type)) throw wrongType(field);
  if (type === 'STRING') return stringValue(field, unescapeText(text));
  if (type === 'BOOLEAN') return text.toUpperCase() === 'TRUE' ? 1 : 0;
  if (type === 'INTEGER' || type === 'DECIMAL') return Number(text);
  const value = coerce(field, text);
  return value as string;
}

function stringValue({ type, name }: Field, text: string): string | null {
  if (type !== 'id' && type !== 'reference') return text === '' ? null : text;
  const id = canonicalId(text);
  if (!id) throw new ApiError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text === '' ? name : text}`);
  return id;
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The text of a string literal, without its quotes. `\%` and `\_` keep their backslash, for LIKE. */
export function unescapeText(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (whole, code: string) =>
      code.length > 1
        ? String.fromCharCode(parseInt(code.slice(1), 16))
        : '%_'.includes(code)
          ? whole
          : (escapes[code] ?? code),
    );
}

/** A LIKE pattern keeps an escaped backslash escaped, since SQL's LIKE reads it once more. */
export const likePattern = (literal: string) => unescapeText(literal.replaceAll('\\\\', '\\\\\\\\'));

export function wrongType({ name, type }: Field): ApiError {
  const named: Partial<Record<FieldType, string>> = { datetime: 'dateTime', int: 'int', reference: 'ID', id: 'ID' };
  const quoted = literalsOf[type] ? 'should not be enclosed in quotes' : 'should be enclosed in quotes';
  const shown = named[type] ?? (literalsOf[type] ? type : 'string');
  return invalidField(`value of filter criterion for field '${name}' must be of type ${shown} and ${quoted}`);
}
