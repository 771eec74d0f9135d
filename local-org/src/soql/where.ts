import type { LiteralType, Operator, Query } from '@jetstreamapp/soql-parser-js';
import { ApiError, invalidField, malformedQuery, NotSupported } from '../errors.ts';
import type { Field } from '../schema/types.ts';
import { ignoresCase, isNumeric } from '../store/columns.ts';
import { fold } from '../store/database.ts';
import { dateText, datetimeText } from '../time.ts';
import { dateSpan } from './date-literal.ts';
import { callFunction } from './function.ts';
import { likePattern, literalValue, unescapeText, wrongType } from './literal.ts';
import type { Logic } from './logic.ts';
import type { Scope } from './scope.ts';

export type Bind = (value: string | number | null) => string;

/** What conditions need besides their scope. */
export interface Where {
  readonly now: number;
  /** Adds a parameter and gives its placeholder. */
  readonly bind: Bind;
  /** The SELECT of a semi-join: the IDs that `field` is looked for in. */
  readonly semiJoin: (query: Query, field: Field) => string;
}

type Leaf = Extract<Logic, { leaf: unknown }>['leaf'];

/** Conditions as SQL. What SQL leaves open for null is false, and true under NOT. */
export function compileWhere(where: Where, scope: Scope, logic: Logic): string {
  if ('all' in logic) return `(${logic.all.map((part) => compileWhere(where, scope, part)).join(' AND ')})`;
  if ('any' in logic) return `(${logic.any.map((part) => compileWhere(where, scope, part)).join(' OR ')})`;
  if ('not' in logic) return not(compileWhere(where, scope, logic.not));
  return compileLeaf(where, scope, logic.leaf);
}

function compileLeaf(where: Where, scope: Scope, leaf: Leaf): string {
  const { field, sql } = 'fn' in leaf ? callFunction(scope, leaf.fn) : scope.reach(leaf.field);
  if (field.type === 'address' || field.type === 'anyType' || (field.type === 'textarea' && field.length > 255))
    throw invalidField(`field '${field.name}' can not be filtered in a query call`);
  const operator = leaf.operator.toUpperCase() as Operator;
  if ('valueQuery' in leaf) {
    if (field.type !== 'id' && field.type !== 'reference')
      throw malformedQuery(`The left operand field in the where expression should be an ID field: '${field.name}'`);
    return membership(sql, operator, where.semiJoin(leaf.valueQuery, field), false);
  }
  const { value, literalType } = leaf as { value: string | string[]; literalType?: LiteralType | LiteralType[] };
  if (Array.isArray(value)) {
    const literals = value.map((text, i) => ({
      text,
      type: (Array.isArray(literalType) ? literalType[i] : literalType)!,
    }));
    return compileList(where, field, sql, operator, literals);
  }
  const type = literalType as LiteralType;
  if (type === 'DATE_LITERAL' || type === 'DATE_N_LITERAL') return compileSpan(where, field, sql, operator, value);
  if (operator === 'LIKE') return compileLike(where, field, sql, value, type);
  return compare(where, field, sql, operator, literalValue(field, value, type));
}

function compare(
  { bind }: Where,
  field: Field,
  sql: string,
  operator: Operator,
  value: string | number | null,
): string {
  const [left, right] =
    typeof value === 'string' && ignoresCase(field) && /[^ -~]/.test(value)
      ? [`fold(${sql})`, bind(fold(value))]
      : [sql, bind(value)];
  if (operator === '=') return `${left} IS ${right}`;
  if (operator === '!=') return `${left} IS NOT ${right}`;
  const ordered = !['boolean', 'id', 'reference', 'multipicklist'].includes(field.type);
  if (!ordered || value === null || !/^[<>]=?$/.test(operator)) throw wrongOperator(field, operator);
  return `${left} ${operator} ${right}`;
}

type Literal = { text: string; type: LiteralType };

function compileList({ bind }: Where, field: Field, sql: string, operator: Operator, literals: Literal[]): string {
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') {
    if (field.type !== 'multipicklist') throw wrongOperator(field, operator);
    const any = literals.map(({ text }) => {
      const parts = unescapeText(text).split(';');
      return `(${parts.map((part) => `instr(fold(';' || ${sql} || ';'), ${bind(fold(`;${part};`))})`).join(' AND ')})`;
    });
    const included = `(${any.join(' OR ')})`;
    return operator === 'INCLUDES' ? included : not(included);
  }
  if (literals.some(({ type }) => type.startsWith('DATE_') && type.endsWith('LITERAL')))
    throw new NotSupported('date literals in a list in SOQL');
  const values = literals.map(({ text, type }) => literalValue(field, text, type));
  const folded = ignoresCase(field) && values.some((value) => typeof value === 'string' && /[^ -~]/.test(value));
  const present = values.filter((value) => value !== null).map((value) => (folded ? fold(String(value)) : value));
  const list = `SELECT value FROM json_each(${bind(JSON.stringify(present))})`;
  return membership(folded ? `fold(${sql})` : sql, operator, list, values.includes(null));
}

function membership(sql: string, operator: Operator, select: string, withNull: boolean): string {
  const found = `(${sql} IN (${select})${withNull ? ` OR ${sql} IS NULL` : ''})`;
  if (operator === 'IN') return found;
  if (operator === 'NOT IN') return not(found);
  throw malformedQuery(`unexpected token: '${operator}'`);
}

function compileLike({ bind }: Where, field: Field, sql: string, text: string, type: LiteralType): string {
  if (isNumeric(field) || ['id', 'reference', 'date', 'datetime', 'time'].includes(field.type))
    throw wrongOperator(field, 'LIKE');
  if (type !== 'STRING') throw wrongType(field);
  const pattern = likePattern(text);
  return /[^ -~]/.test(pattern)
    ? `fold(${sql}) LIKE ${bind(fold(pattern))} ESCAPE '\\'`
    : `${sql} LIKE ${bind(pattern)} ESCAPE '\\'`;
}

/** A date literal is a span: equal is within, less is before, greater is after. */
function compileSpan({ bind, now }: Where, field: Field, sql: string, operator: Operator, literal: string): string {
  if (field.type !== 'date' && field.type !== 'datetime') throw wrongType(field);
  const span = dateSpan(literal, now);
  const [start, end] =
    field.type === 'datetime'
      ? [datetimeText(span.start), datetimeText(span.end)]
      : [dateText(span.start), dateText(span.end + 86_399_999)];
  const within = () => `(${sql} >= ${bind(start)} AND ${sql} < ${bind(end)})`;
  if (operator === '=') return within();
  if (operator === '!=') return not(within());
  // `> span` begins at its end, `<= span` too; the other two look at its start.
  const edges: Partial<Record<Operator, [string, string]>> = {
    '<': ['<', start],
    '>=': ['>=', start],
    '<=': ['<', end],
    '>': ['>=', end],
  };
  const edge = edges[operator];
  if (!edge) throw wrongOperator(field, operator);
  return `${sql} ${edge[0]} ${bind(edge[1])}`;
}

const not = (condition: string) => `(NOT coalesce(${condition}, 0))`;

const wrongOperator = ({ name }: Field, operator: string) =>
  new ApiError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator ${operator} on the field ${name}`);
