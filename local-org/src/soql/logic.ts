import type { Condition, HavingClause, ValueQueryCondition, WhereClause } from '@jetstreamapp/soql-parser-js';
import { malformedQuery } from '../errors.ts';

type Leaf = Exclude<Condition, { openParen: number; field?: never; fn?: never }> | ValueQueryCondition;

/** Conditions as the tree that their parentheses describe. */
export type Logic<T = Leaf> = { all: Logic<T>[] } | { any: Logic<T>[] } | { not: Logic<T> } | { leaf: T };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { leaf: Leaf };

/** The parser gives a chain with counts of parentheses; Salesforce refuses AND beside OR unless parentheses part them. */
export function toLogic(clause: WhereClause | HavingClause): Logic {
  const tokens = [...flatten(clause)];
  let at = 0;
  const unary = (): Logic => {
    const token = tokens[at++];
    if (token === 'NOT') return { not: unary() };
    if (token === '(') {
      const inner = expression();
      if (tokens[at++] !== ')') throw malformedQuery("expecting a right parentheses, found 'end of query'");
      return inner;
    }
    if (typeof token === 'object') return token;
    throw malformedQuery(`unexpected token: '${token ?? 'end of query'}'`);
  };
  const expression = (): Logic => {
    const operands = [unary()];
    const operator = tokens[at];
    while (tokens[at] === 'AND' || tokens[at] === 'OR') {
      if (tokens[at] !== operator) throw malformedQuery(`unexpected token: '${tokens[at] as string}'`);
      at++;
      operands.push(unary());
    }
    if (operands.length === 1) return operands[0]!;
    return operator === 'AND' ? { all: operands } : { any: operands };
  };
  const whole = expression();
  if (at < tokens.length) throw malformedQuery('unexpected right parentheses');
  return whole;
}

function* flatten(clause: WhereClause | HavingClause): Generator<Token> {
  const { left } = clause;
  const { openParen = 0, closeParen = 0 } = (left ?? {}) as { openParen?: number; closeParen?: number };
  for (let i = 0; i < openParen; i++) yield '(';
  if (left && ('field' in left || 'fn' in left)) yield { leaf: left };
  for (let i = 0; i < closeParen; i++) yield ')';
  if (!('operator' in clause)) return;
  yield clause.operator;
  yield* flatten(clause.right);
}
