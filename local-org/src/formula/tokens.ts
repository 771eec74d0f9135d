import type { Value } from '../schema/types.ts';

export interface Token {
  readonly value?: Value;
  /** `{!Name}` */
  readonly reference?: string;
  /** `Name`, `$User.Id`, `Account.Name`, or a function. */
  readonly name?: string;
  readonly symbol?: string;
}

const TOKEN =
  /(?:\s|\/\*[^]*?\*\/)*(?:(\d+(?:\.\d+)?|\.\d+)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|\{!([^}]+)\}|([A-Za-z_$][\w$]*(?:[.:][A-Za-z_]\w*)*)|(<>|!=|==|<=|>=|&&|\|\||[-+*/^&=<>!(),]))/y;

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t' };
const unescape = (text: string) => text.replace(/\\(.)/gs, (_, char: string) => escapes[char] ?? char);

/** The tokens of a formula; comments are left out. */
export function tokenize(source: string, refuse: (problem: string) => never): Token[] {
  const tokens: Token[] = [];
  const trailing = /^(?:\s|\/\*[^]*?\*\/)*$/;
  for (let end = 0; !trailing.test(source.slice(end)); end = TOKEN.lastIndex) {
    TOKEN.lastIndex = end;
    const [, digits, double, single, reference, name, symbol] = TOKEN.exec(source) ?? [];
    const text = double ?? single;
    if (digits !== undefined) tokens.push({ value: Number(digits) });
    else if (text !== undefined) tokens.push({ value: unescape(text) });
    else if (reference !== undefined) tokens.push({ reference: reference.trim() });
    else if (name !== undefined) tokens.push({ name });
    else if (symbol !== undefined) tokens.push({ symbol });
    else refuse(`the formula ${source} cannot be read from "${source.slice(end).trim()}"`);
  }
  return tokens;
}
