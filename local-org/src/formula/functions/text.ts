import type { Value } from '../../schema/types.ts';
import { withChecksum } from '../../store/id.ts';
import { operand } from '../operand.ts';
import { asText, FormulaError } from '../term.ts';
import { strict } from './function.ts';
import type { FormulaFunction } from './function.ts';

const from15 = (id: string) => (id.length === 15 ? withChecksum(id) : id);

/** TEXT and ISPICKVAL are what formulas read of a picklist. */
const textOf: FormulaFunction = {
  takes: [1, 1],
  compile: ({ given: [term], place }) => {
    if (term!.type === 'boolean' || term!.type === 'text' || term!.type === 'multipicklist')
      place.refuse(
        `Incorrect parameter type for function 'TEXT()'. Expected Number, Date, DateTime, Picklist, received ${term!.type === 'text' ? 'Text' : term!.type}`,
      );
    const write = term!.type === 'datetime' ? instant : asText;
    return { type: 'text', evaluate: (context) => write(term!.evaluate(context)) };
  },
};

/** TEXT of a datetime: `2026-11-21 09:30:00Z`. */
const instant = (value: Value) => (value === null ? '' : `${asText(value).slice(0, 19).replace('T', ' ')}Z`);

const picklistValue: FormulaFunction = {
  takes: [2, 2],
  compile: ({ name, given: [term, wanted], place }) => {
    if (term!.type !== 'picklist') place.refuse(`Field is not a picklist field in function '${name}()'`);
    const text = operand(place, name, wanted!, 'text');
    return {
      type: 'boolean',
      evaluate: (context) => asText(term!.evaluate(context)) === asText(text(context)),
    };
  },
};

const includes: FormulaFunction = {
  takes: [2, 2],
  compile: ({ name, given: [term, wanted], place }) => {
    if (term!.type !== 'multipicklist')
      place.refuse(`Field is not a multi-select picklist field in function '${name}()'`);
    const text = operand(place, name, wanted!, 'text');
    return {
      type: 'boolean',
      evaluate: (context) =>
        asText(term!.evaluate(context))
          .split(';')
          .includes(asText(text(context))),
    };
  },
};

function regularExpression(text: string): RegExp {
  try {
    return new RegExp(`^(?:${text})$`, 'u');
  } catch {
    throw new FormulaError(`${text} is not a regular expression`);
  }
}

function toNumber(text: string): number {
  const value = /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(value)) throw new FormulaError(`${text} is not a number`);
  return value;
}

const pad = (left: boolean) =>
  strict(
    ['text', 'number', 'text'],
    'text',
    (text: string, length: number, filler = ' ') =>
      length < text.length
        ? text.slice(0, Math.max(0, length))
        : left
          ? text.padStart(length, filler)
          : text.padEnd(length, filler),
    2,
  );

export const text: Readonly<Record<string, FormulaFunction>> = {
  TEXT: textOf,
  ISPICKVAL: picklistValue,
  INCLUDES: includes,
  BEGINS: strict(['text', 'text'], 'boolean', (value: string, start: string) => value.startsWith(start)),
  CONTAINS: strict(['text', 'text'], 'boolean', (value: string, part: string) => value.includes(part)),
  FIND: strict(
    ['text', 'text', 'number'],
    'number',
    (part: string, value: string, start = 1) => (start < 1 ? 0 : value.indexOf(part, start - 1) + 1),
    2,
  ),
  LEFT: strict(['text', 'number'], 'text', (value: string, count: number) => value.slice(0, Math.max(0, count))),
  RIGHT: strict(['text', 'number'], 'text', (value: string, count: number) => (count <= 0 ? '' : value.slice(-count))),
  MID: strict(['text', 'number', 'number'], 'text', (value: string, start: number, count: number) =>
    value.slice(Math.max(1, start) - 1, Math.max(1, start) - 1 + Math.max(0, count)),
  ),
  LEN: strict(['text'], 'number', (value: string) => value.length),
  LOWER: strict(['text'], 'text', (value: string) => value.toLowerCase()),
  UPPER: strict(['text'], 'text', (value: string) => value.toUpperCase()),
  TRIM: strict(['text'], 'text', (value: string) => value.trim()),
  SUBSTITUTE: strict(['text', 'text', 'text'], 'text', (value: string, old: string, by: string) =>
    old === '' ? value : value.replaceAll(old, () => by),
  ),
  LPAD: pad(true),
  RPAD: pad(false),
  BR: strict([], 'text', () => '\n'),
  VALUE: strict(['text'], 'number', toNumber),
  ISNUMBER: strict(['text'], 'boolean', (value: string) => /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/.test(value)),
  REGEX: strict(['text', 'text'], 'boolean', (value: string, pattern: string) =>
    regularExpression(pattern).test(value),
  ),
  CASESAFEID: strict(['text'], 'text', from15),
};
