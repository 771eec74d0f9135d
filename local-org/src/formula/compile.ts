import { functions } from './functions/functions.ts';
import { binaryOperators, unaryOperators } from './operators.ts';
import type { Place, Term } from './term.ts';
import { tokenize } from './tokens.ts';

/** Operators by how tightly they bind, loosest first. */
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['=', '==', '<>', '!=', '<', '>', '<=', '>='],
  ['&'],
  ['+', '-'],
  ['*', '/'],
  ['^'],
];

/**
 * Compiles a formula of a flow, a field or a rule. Types are checked as Salesforce does when it saves the metadata; what
 * is wrong, and each function that the local org does not have, is refused by name.
 */
export function compileFormula<C>(place: Place<C>, source: string): Term<C> {
  const { refuse } = place;
  const tokens = tokenize(source, refuse);
  let next = 0;
  const take = (symbol: string) => tokens[next]?.symbol === symbol && next++ >= 0;
  const expect = (symbol: string) => take(symbol) || refuse(`"${symbol}" is missing in the formula ${source}`);

  const binary = (level: number): Term<C> => {
    const symbols = levels[level];
    if (!symbols) return unary();
    let left = binary(level + 1);
    for (;;) {
      const symbol = tokens[next]?.symbol;
      if (symbol === undefined || !symbols.includes(symbol)) return left;
      next++;
      left = binaryOperators[symbol]!(place, symbol, left, binary(level + 1));
    }
  };
  const unary = (): Term<C> => {
    const operator = unaryOperators[tokens[next]?.symbol ?? ''];
    if (!operator) return primary();
    next++;
    return operator(place, unary());
  };
  const primary = (): Term<C> => {
    const token = tokens[next++];
    const value = token?.value;
    if (value !== undefined) return { type: typeof value === 'number' ? 'number' : 'text', evaluate: () => value };
    if (token?.reference !== undefined && place.braces) return place.reference(token.reference);
    if (token?.name !== undefined)
      return tokens[next]?.symbol === '(' ? call(token.name.toUpperCase()) : word(token.name);
    if (token?.symbol !== '(') return refuse(`the formula ${source} is not complete`);
    const inner = binary(0);
    expect(')');
    return inner;
  };
  const word = (name: string): Term<C> => {
    const upper = name.toUpperCase();
    if (upper === 'TRUE' || upper === 'FALSE') return { type: 'boolean', evaluate: () => upper === 'TRUE' };
    if (upper === 'NULL') return { type: 'blank', evaluate: () => null };
    return place.braces ? refuse(`"${name}" is written {!${name}} in a formula of a flow`) : place.reference(name);
  };
  const call = (name: string): Term<C> => {
    const known = functions[name];
    if (!known) return refuse(`the formula function ${name} is not supported by the local org`);
    expect('(');
    const given: Term<C>[] = [];
    while (!take(')')) {
      if (given.length > 0) expect(',');
      given.push(binary(0));
    }
    const [least, most] = known.takes;
    if (given.length < least || given.length > most)
      refuse(
        `Incorrect number of parameters for function '${name}()'. Expected ${least}${most > least ? ' or more' : ''}, received ${given.length}`,
      );
    return known.compile({ name, given, place });
  };

  const formula = binary(0);
  if (next < tokens.length) refuse(`the formula ${source} goes on where it should end`);
  return formula;
}
