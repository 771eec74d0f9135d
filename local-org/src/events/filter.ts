import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { LiteralType } from '@jetstreamapp/soql-parser-js';
import { ApiError } from '../errors.ts';
import type { Field, Row, SObject, Value } from '../schema/types.ts';
import { likePattern, literalValue } from '../soql/literal.ts';
import { toLogic } from '../soql/logic.ts';
import type { Logic } from '../soql/logic.ts';
import { fold } from '../store/database.ts';
import { bodyFields } from './body-fields.ts';
import { headerField } from './header-fields.ts';

/** A filter expression of a channel member, compiled. */
export interface Filter {
  /** The fields of the record that it looks at; their values must be in the body, changed or not. */
  readonly fields: readonly string[];
  readonly passes: (header: object, body: Row) => boolean;
}

type Leaf = Extract<Logic, { leaf: unknown }>['leaf'];
type Test = (header: object, body: Row) => boolean;

/**
 * Compiles a filter expression: the conditions of a SOQL WHERE, joined by AND and OR, on fields of the event and, of change
 * events, on single-valued fields of the header. Throws an Error that says what is wrong with it.
 */
export function compileFilter(object: SObject, expression: string): Filter {
  const fields = new Set<string>();
  const compile = (logic: Logic): Test => {
    if ('not' in logic) throw new Error('NOT is not supported');
    if ('leaf' in logic) return compileLeaf(object, logic.leaf, fields);
    const parts = ('all' in logic ? logic.all : logic.any).map(compile);
    return 'all' in logic
      ? (header, body) => parts.every((part) => part(header, body))
      : (header, body) => parts.some((part) => part(header, body));
  };
  return { passes: compile(parse(expression)), fields: [...fields] };
}

function parse(expression: string): Logic {
  try {
    const { where, ...rest } = parseQuery(`SELECT Id FROM Event__c WHERE ${expression}`);
    if (!where || rest.orderBy || rest.limit !== undefined || rest.groupBy) throw new Error('conditions are expected');
    return toLogic(where);
  } catch (error) {
    throw new Error(`syntax errors: ${(error as Error).message.split('\n')[0]!}`, { cause: error });
  }
}

interface Operand {
  readonly field: Field;
  readonly read: (header: object, body: Row) => Value;
}

function operandOf(object: SObject, path: string, fields: Set<string>): Operand {
  const [first, part, ...more] = path.split('.') as [string, ...string[]];
  const wrong = new Error(`the ${path} field is invalid`);
  if (more.length > 0) throw wrong;
  if (first === 'ChangeEventHeader' && !object.isEvent) {
    const field = headerField(part ?? '');
    if (!field) throw wrong;
    return { field, read: (header) => (header as Row)[field.name] ?? null };
  }
  const top = bodyFields(object).find(({ name }) => name.toLowerCase() === first.toLowerCase());
  if (!top) throw wrong;
  const { name, compound } = top;
  fields.add(name);
  if (!compound) {
    if (part !== undefined) throw wrong;
    return { field: top.field, read: (_, body) => body[name] ?? null };
  }
  if (part === undefined) throw new Error(`compound field ${name} has to be used with a component field`);
  const found = compound.parts.find((each) => each.name.toLowerCase() === part.toLowerCase());
  if (!found) throw wrong;
  return { field: found.field, read: (_, body) => (body[name] as Row | undefined)?.[found.name] ?? null };
}

function compileLeaf(object: SObject, leaf: Leaf, fields: Set<string>): Test {
  if ('fn' in leaf || 'valueQuery' in leaf) throw new Error('functions and subqueries are not supported');
  const { field, read } = operandOf(object, leaf.field, fields);
  if (field.type === 'multipicklist' || field.length > 255)
    throw new Error(`fields such as ${field.name} are not supported`);
  const operator = leaf.operator.toUpperCase();
  const { value, literalType } = leaf as { value: string | string[]; literalType?: LiteralType | LiteralType[] };
  const types = [literalType ?? 'NULL'].flat();
  const texts = [value].flat();
  if (types.some((type) => /^DATE_(N_)?LITERAL$/.test(type)))
    throw new Error('date literals are not supported by the local org');
  const literals = texts.map((text, i) => comparable(field, literal(field, text, types[i] ?? types[0]!)));
  const holds = comparison(field, operator, literals, texts[0]!);
  return (header, body) => holds(comparable(field, read(header, body)));
}

function literal(field: Field, text: string, type: LiteralType): Value {
  try {
    return literalValue(field, text, type);
  } catch (error) {
    if (error instanceof ApiError) throw new Error(error.message, { cause: error });
    throw error;
  }
}

/** Text as it is compared; false where a checkbox is empty; empty text is no text. */
function comparable({ type, caseSensitive }: Field, value: Value): string | number | null {
  if (type === 'boolean') return value === true || value === 1 ? 1 : 0;
  if (value === null || value === '' || typeof value === 'object') return null;
  return typeof value === 'string' && !caseSensitive ? fold(value) : (value as string | number);
}

type Operation = (value: string | number | null) => boolean;

/** What compares which types: equality all, order numbers, dates and text, LIKE text only. */
function comparison(field: Field, operator: string, literals: readonly Value[], text: string): Operation {
  const [first = null] = literals;
  if (operator === '=') return (value) => value === first;
  if (operator === '!=') return (value) => value !== first;
  if (operator === 'IN') return (value) => literals.includes(value);
  if (operator === 'NOT IN') return (value) => !literals.includes(value);
  if (operator === 'LIKE' && textual(field)) {
    const pattern = likeExpression(text);
    return (value) => typeof value === 'string' && pattern.test(value);
  }
  const order = orders[operator];
  if (!order || first === null || ['boolean', 'datetime', 'id', 'reference'].includes(field.type))
    throw new Error(`${operator} is not supported for ${field.name}`);
  return (value) => value !== null && order(value, first as string | number);
}

const textual = ({ type }: Field) =>
  ['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'combobox'].includes(type);

const orders: Record<string, (a: string | number, b: string | number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function likeExpression(text: string): RegExp {
  const source = likePattern(text).replace(/\\(.)|([%_])|[^\\%_]/gs, (char, escaped?: string, wildcard?: string) => {
    if (wildcard) return wildcard === '%' ? '.*' : '.';
    return (escaped ?? char).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 'isu');
}
