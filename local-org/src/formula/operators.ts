import type { Value } from '../schema/types.ts';
import { datetimeText, dateText } from '../time.ts';
import { operand } from './operand.ts';
import { asText, FormulaError, isBlank } from './term.ts';
import type { FormulaType, Place, Term } from './term.ts';

type Binary = <C>(place: Place<C>, symbol: string, left: Term<C>, right: Term<C>) => Term<C>;
type Unary = <C>(place: Place<C>, term: Term<C>) => Term<C>;

const DAY_MS = 86_400_000;

const isMoment = ({ type }: Term<never>) => type === 'date' || type === 'datetime';
const writers: Partial<Record<FormulaType, (at: number) => string>> = { date: dateText, datetime: datetimeText };

const logic =
  (decides: boolean): Binary =>
  (place, symbol, left, right) => {
    const first = operand(place, symbol, left, 'boolean');
    const second = operand(place, symbol, right, 'boolean');
    return {
      type: 'boolean',
      evaluate: (context) => ((first(context) === true) === decides ? decides : second(context) === true),
    };
  };

const arithmetic =
  (compute: (left: number, right: number) => number): Binary =>
  (place, symbol, left, right) => {
    const first = operand(place, symbol, left, 'number');
    const second = operand(place, symbol, right, 'number');
    return {
      type: 'number',
      evaluate: (context) => {
        const [a, b] = [first(context), second(context)];
        return a === null || b === null ? null : compute(a as number, b as number);
      },
    };
  };

const plain = { '+': arithmetic((a, b) => a + b), '-': arithmetic((a, b) => a - b) };

/** Days are added to a date or a datetime; text is joined. */
const add: Binary = (place, symbol, left, right) => {
  if (left.type === 'text' && (right.type === 'text' || right.type === 'blank'))
    return join(place, symbol, left, right);
  if (isMoment(right)) return shift(place, symbol, right, left, 1);
  return isMoment(left) ? shift(place, symbol, left, right, 1) : plain['+'](place, symbol, left, right);
};

/** The days between two dates, or the date some days before. */
const subtract: Binary = (place, symbol, left, right) => {
  if (!isMoment(left)) return plain['-'](place, symbol, left, right);
  if (!isMoment(right)) return shift(place, symbol, left, right, -1);
  return {
    type: 'number',
    evaluate: (context) => {
      const [end, start] = [left.evaluate(context), right.evaluate(context)];
      return isBlank(end) || isBlank(start) ? null : (Date.parse(end as string) - Date.parse(start as string)) / DAY_MS;
    },
  };
};

function shift<C>(place: Place<C>, symbol: string, moment: Term<C>, by: Term<C>, sign: 1 | -1): Term<C> {
  const days = operand(place, symbol, by, 'number');
  const write = writers[moment.type]!;
  const whole = moment.type === 'date' ? Math.trunc : (value: number) => value;
  return {
    type: moment.type,
    evaluate: (context) => {
      const [start, offset] = [moment.evaluate(context), days(context)];
      if (isBlank(start) || offset === null) return null;
      return write(Date.parse(start as string) + sign * whole(offset as number) * DAY_MS);
    },
  };
}

const join: Binary = (place, symbol, left, right) => {
  const [first, second] = [left, right].map((term) => operand(place, symbol, term, 'text'));
  return { type: 'text', evaluate: (context) => asText(first!(context)) + asText(second!(context)) };
};

const comparison =
  (holds: (order: number) => boolean): Binary =>
  (place, symbol, left, right) => {
    const type = left.type === 'blank' ? right.type : left.type;
    if (type === 'boolean' || type === 'picklist' || type === 'multipicklist')
      place.refuse(
        `Incorrect parameter type for operator '${symbol}'. Expected Number, Date, DateTime, received ${type}`,
      );
    operand(place, symbol, right, type);
    return {
      type: 'boolean',
      evaluate: (context) => {
        const [a, b] = [left.evaluate(context), right.evaluate(context)];
        return a !== null && b !== null && holds(a < b ? -1 : a > b ? 1 : 0);
      },
    };
  };

/** Blank text and no text at all are equal; text is compared with regard to case. */
const equality =
  (same: boolean): Binary =>
  (place, symbol, left, right) => {
    const type = left.type === 'blank' ? right.type : left.type;
    const value = operand(place, symbol, left, type);
    const other = operand(place, symbol, right, type);
    const key = (given: Value) => (given === '' ? null : given);
    return { type: 'boolean', evaluate: (context) => (key(value(context)) === key(other(context))) === same };
  };

const divide = arithmetic((left, right) => {
  if (right === 0) throw new FormulaError('division by zero');
  return left / right;
});

export const binaryOperators: Readonly<Record<string, Binary>> = {
  '||': logic(true),
  '&&': logic(false),
  '=': equality(true),
  '==': equality(true),
  '<>': equality(false),
  '!=': equality(false),
  '<': comparison((order) => order < 0),
  '>': comparison((order) => order > 0),
  '<=': comparison((order) => order <= 0),
  '>=': comparison((order) => order >= 0),
  '&': join,
  '+': add,
  '-': subtract,
  '*': arithmetic((a, b) => a * b),
  '/': divide,
  '^': arithmetic((a, b) => a ** b),
};

export const unaryOperators: Readonly<Record<string, Unary>> = {
  '-': (place, term) => {
    const value = operand(place, '-', term, 'number');
    return {
      type: 'number',
      evaluate: (context) => {
        const number = value(context);
        return number === null ? null : -(number as number);
      },
    };
  },
  '!': (place, term) => {
    const value = operand(place, '!', term, 'boolean');
    return { type: 'boolean', evaluate: (context) => value(context) !== true };
  },
};
