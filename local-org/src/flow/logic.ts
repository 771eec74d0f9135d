import { refuse, type Place } from './problem.ts';

/** How conditions are joined; a number is the condition at that position, from 1. */
export type Logic =
  number | { readonly not: Logic } | { readonly join: 'AND' | 'OR'; readonly parts: readonly Logic[] };

/** Reads `and`, `or`, or custom logic such as `1 AND (2 OR NOT 3)`, which must name each of the conditions. */
export function readLogic(place: Place, text: string | undefined, count: number): Logic {
  const all = Array.from({ length: count }, (_, i) => i + 1);
  const word = text?.toUpperCase() ?? 'AND';
  if (word === 'AND' || word === 'OR') return { join: word, parts: all };
  const wrong = () => refuse(place, `the condition logic "${text ?? ''}" cannot be read`);

  const tokens: readonly string[] = word.match(/\d+|AND|OR|NOT|[()]|\S/g) ?? [];
  let next = 0;
  const joined = (join: 'AND' | 'OR', inner: () => Logic): Logic => {
    const parts = [inner()];
    while (tokens[next] === join) {
      next++;
      parts.push(inner());
    }
    return parts.length === 1 ? parts[0]! : { join, parts };
  };
  const either = (): Logic => joined('OR', () => joined('AND', one));
  const one = (): Logic => {
    const token = tokens[next++] ?? '';
    if (token === 'NOT') return { not: one() };
    if (/^\d+$/.test(token)) return all.includes(Number(token)) ? Number(token) : wrong();
    if (token !== '(') return wrong();
    const inner = either();
    return tokens[next++] === ')' ? inner : wrong();
  };
  const logic = either();
  const unused = all.find((number) => !tokens.includes(String(number)));
  if (next < tokens.length || unused !== undefined) wrong();
  return logic;
}

/** Builds what the logic says out of the conditions. */
export function fold<T>(
  logic: Logic,
  conditions: readonly T[],
  build: { readonly not: (part: T) => T; readonly join: (by: 'AND' | 'OR', parts: readonly T[]) => T },
): T {
  if (typeof logic === 'number') return conditions[logic - 1]!;
  if ('not' in logic) return build.not(fold(logic.not, conditions, build));
  return build.join(
    logic.join,
    logic.parts.map((part) => fold(part, conditions, build)),
  );
}
