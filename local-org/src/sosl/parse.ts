import { ApiError, NotSupported } from '../errors.ts';

export type SearchGroup = 'ALL' | 'NAME' | 'EMAIL' | 'PHONE';

/** An object of the RETURNING clause: what to read of it, and the clauses behind in SOQL. */
export interface Returning {
  readonly object: string;
  readonly fields: string;
  readonly where: string;
  /** ORDER BY, LIMIT, OFFSET. */
  readonly rest: string;
}

export interface Search {
  /** All of them must be found. A term may hold spaces and the wildcards `*` and `?`. */
  readonly terms: readonly string[];
  readonly group: SearchGroup;
  readonly returning: readonly Returning[];
  readonly limit: number;
}

const most = 2000;
const shape =
  /^\s*FIND\s*\{((?:\\.|[^}\\])*)\}(?:\s*IN\s+(\w+)\s+FIELDS)?(?:\s*RETURNING\s+(.+?))?(?:\s+LIMIT\s+(\d+))?\s*$/is;

export const malformedSearch = (message: string) => new ApiError(400, 'MALFORMED_SEARCH', message);

/** The parts of a SOSL search. Without RETURNING, `returning` is empty: all objects are searched. */
export function parseSosl(sosl: string): Search {
  const parts = shape.exec(sosl);
  if (!parts) throw malformedSearch('expecting FIND {...} [IN ... FIELDS] [RETURNING ...] [LIMIT n]');
  const [, text = '', group = 'ALL', returning, limit = String(most)] = parts;
  if (/^SIDEBAR$/i.test(group)) throw new NotSupported('IN SIDEBAR FIELDS in SOSL');
  if (!/^(ALL|NAME|EMAIL|PHONE)$/i.test(group)) throw malformedSearch(`unexpected token: ${group}`);
  if (/\b(WITH|UPDATE)\s+\w/i.test(returning?.replace(/\([^)]*\)/g, '') ?? ''))
    throw new NotSupported('WITH and UPDATE in SOSL');
  return {
    terms: termsOf(text),
    group: group.toUpperCase() as SearchGroup,
    returning: returning === undefined ? [] : splitOutside(returning).map(readReturning),
    limit: Math.min(Number(limit), most),
  };
}

function termsOf(text: string): string[] {
  const found = [...text.matchAll(/"([^"]*)"|\S+/g)];
  if (found.some(([term]) => /^(OR|NOT|\(.*|.*\))$/i.test(term)))
    throw new NotSupported('OR, NOT and parentheses in SOSL');
  const terms = found
    .filter(([term]) => term.toUpperCase() !== 'AND')
    .map(([term, phrase]) => (phrase ?? term).replace(/\\(.)/g, '$1').trim());
  if (terms.length === 0 || terms.some((term) => term.replace(/[*?]/g, '').length < 2))
    throw malformedSearch(`search term must be longer than one character: ${text}`);
  return terms;
}

/** Splits at the commas that stand outside of parentheses. */
function splitOutside(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    depth += { '(': 1, ')': -1 }[char] ?? 0;
    if (char === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop()!}${char}`);
  }
  return parts.map((part) => part.trim());
}

function readReturning(text: string): Returning {
  const parts = /^(\w+)\s*(?:\((.+)\))?$/s.exec(text);
  const [, object, inside = 'Id'] = parts ?? [];
  const clauses = /^(.*?)(?:\s+WHERE\s+(.+?))?(\s+(?:ORDER\s+BY|LIMIT|OFFSET)\s.+)?$/is.exec(inside);
  if (object === undefined || !clauses) throw malformedSearch(`unexpected token: ${text}`);
  const [, fields = 'Id', where = '', rest = ''] = clauses;
  return { object, fields, where, rest };
}
