import type { FieldType, Value } from '../schema/types.ts';
import { datetimeText, dateText } from '../time.ts';
import { refuse, type Place } from './problem.ts';
import type { Interview } from './program.ts';
import { asText, compileReference, type Names } from './reference.ts';

type Compute = (interview: Interview) => Value;

/** A formula met values that it cannot work with; the interview fails at the element that asked for it. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|"((?:[^"\\]|\\.)*)"|\{!([^}]+)\}|([A-Za-z]+)|(<>|!=|<=|>=|&&|\|\||[-+*/&=<>(),]))/y;

const DAY_MS = 86_400_000;

/** Operators by how tightly they bind, loosest first. */
const operators: Record<string, (left: Value, right: Value) => Value>[] = [
  { '||': (a, b) => truth(a) || truth(b) },
  { '&&': (a, b) => truth(a) && truth(b) },
  {
    '=': (a, b) => a === b,
    '<>': (a, b) => a !== b,
    '!=': (a, b) => a !== b,
    '<': (a, b) => compare(a, b) < 0,
    '>': (a, b) => compare(a, b) > 0,
    '<=': (a, b) => compare(a, b) <= 0,
    '>=': (a, b) => compare(a, b) >= 0,
  },
  { '&': (a, b) => asText(a) + asText(b) },
  { '+': (a, b) => add(a, b), '-': (a, b) => subtract(a, b) },
  { '*': (a, b) => number(a) * number(b), '/': (a, b) => divide(number(a), number(b)) },
];

const functions: Record<string, { arguments: number; compute: (interview: Interview, values: Compute[]) => Value }> = {
  TODAY: { arguments: 0, compute: ({ now }) => dateText(now) },
  NOW: { arguments: 0, compute: ({ now }) => datetimeText(now) },
  IF: {
    arguments: 3,
    compute: (interview, [test, then, otherwise]) => (truth(test!(interview)) ? then! : otherwise!)(interview),
  },
  ISBLANK: { arguments: 1, compute: (interview, [value]) => isBlank(value!(interview)) },
  BLANKVALUE: {
    arguments: 2,
    compute: (interview, [value, instead]) => (isBlank(value!(interview)) ? instead! : value!)(interview),
  },
  TEXT: { arguments: 1, compute: (interview, [value]) => asText(value!(interview)) },
  NOT: { arguments: 1, compute: (interview, [value]) => !truth(value!(interview)) },
};

/** The types that a formula of a flow declares, as describe names them. */
export const formulaTypes: Partial<Record<string, FieldType>> = {
  String: 'string',
  Number: 'double',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
};

/** Compiles a flow formula: literals, `{!references}`, operators and the functions above; anything else is refused. */
export function compileFormula(place: Place, names: Names, source: string): Compute {
  const tokens = tokenize(place, source);
  let next = 0;
  const take = (symbol: string) => tokens[next]?.symbol === symbol && next++ >= 0;
  const expect = (symbol: string) => take(symbol) || refuse(place, `"${symbol}" is missing in the formula ${source}`);

  const binary = (level: number): Compute => {
    const known = operators[level];
    if (!known) return unary();
    let left = binary(level + 1);
    for (;;) {
      const apply = known[tokens[next]?.symbol ?? ''];
      if (!apply) return left;
      next++;
      const [first, second] = [left, binary(level + 1)];
      left = (interview) => apply(first(interview), second(interview));
    }
  };
  const unary = (): Compute => {
    if (!take('-')) return primary();
    const value = unary();
    return (interview) => -number(value(interview));
  };
  const primary = (): Compute => {
    const token = tokens[next++];
    if (token?.value !== undefined) return () => token.value!;
    if (token?.reference !== undefined) return compileReference(place, names, token.reference).evaluate;
    if (token?.name !== undefined) return call(token.name.toUpperCase());
    if (token?.symbol !== '(') return refuse(place, `the formula ${source} is not complete`);
    const inner = binary(0);
    expect(')');
    return inner;
  };
  const call = (name: string): Compute => {
    if (name === 'TRUE' || name === 'FALSE') return () => name === 'TRUE';
    if (name === 'NULL') return () => null;
    const known = functions[name];
    if (!known) return refuse(place, `the formula function ${name} is not supported by the local org`);
    expect('(');
    const values: Compute[] = [];
    while (!take(')')) {
      if (values.length > 0) expect(',');
      values.push(binary(0));
    }
    if (values.length !== known.arguments)
      refuse(place, `${name} takes ${known.arguments} arguments, not ${values.length}`);
    return (interview) => known.compute(interview, values);
  };

  const formula = binary(0);
  if (next < tokens.length) refuse(place, `the formula ${source} goes on where it should end`);
  return formula;
}

interface Token {
  readonly value?: Value;
  readonly reference?: string;
  readonly name?: string;
  readonly symbol?: string;
}

function tokenize(place: Place, source: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let end = 0; source.slice(end).trim() !== ''; end = TOKEN.lastIndex) {
    const [, digits, string, reference, name, symbol] = TOKEN.exec(source) ?? [];
    if (digits !== undefined) tokens.push({ value: Number(digits) });
    else if (string !== undefined) tokens.push({ value: string.replace(/\\(.)/g, '$1') });
    else if (reference !== undefined) tokens.push({ reference: reference.trim() });
    else if (name !== undefined) tokens.push({ name });
    else if (symbol !== undefined) tokens.push({ symbol });
    else refuse(place, `the formula ${source} cannot be read from "${source.slice(end).trim()}"`);
  }
  return tokens;
}

const isBlank = (value: Value) => value === null || value === '';
const truth = (value: Value) => value === true;
/** The instant of a date or a datetime, and how to write another one in the same way. */
function moment(value: Value): { at: number; write: (at: number) => string } | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}(T|$)/.test(value)) return undefined;
  return { at: Date.parse(value), write: value.includes('T') ? datetimeText : dateText };
}

function number(value: Value): number {
  if (typeof value === 'number') return value;
  throw new FormulaError(`${asText(value) || 'a blank value'} is not a number`);
}

/** Days are added to a date or a datetime; text is joined. */
function add(left: Value, right: Value): Value {
  const start = moment(left);
  if (start) return start.write(start.at + number(right) * DAY_MS);
  return typeof left === 'string' && typeof right === 'string' ? left + right : number(left) + number(right);
}

/** The days between two dates, or the date some days before. */
function subtract(left: Value, right: Value): Value {
  const end = moment(left);
  if (!end) return number(left) - number(right);
  const start = moment(right);
  return start ? (end.at - start.at) / DAY_MS : end.write(end.at - number(right) * DAY_MS);
}

function divide(left: number, right: number): number {
  if (right === 0) throw new FormulaError('division by zero');
  return left / right;
}

function compare(left: Value, right: Value): number {
  if (left === null || right === null || typeof left !== typeof right) return NaN;
  return left < right ? -1 : left > right ? 1 : 0;
}
