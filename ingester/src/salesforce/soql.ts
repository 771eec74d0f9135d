/** The one place where SOQL is put together. Names are checked, values are escaped; nothing else goes into a query. */

/** A value in quotes. REST has no bind variables. */
export const quoted = (value: string): string =>
  `'${value.replaceAll(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t').replaceAll('\0', '')}'`;

/** API names joined by dots. Throws RangeError: a name comes from metadata or a checked model, never from a sender. */
function path(name: string): string {
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(name)) throw new RangeError(`"${name}" is no API name`);
  return name;
}

export interface Select {
  object: string;
  fields: readonly string[];
  /** Subqueries over child relationships. */
  children?: readonly Select[];
}

/** `field IN (values)`, and conditions that every row must meet. */
export interface Where {
  in: { field: string; values: readonly string[] };
  and?: Readonly<Record<string, boolean | string>>;
}

/** The longest query, as it is encoded in the URL; Salesforce refuses URLs beyond 16,384 characters. */
const LONGEST = 12_000;

/**
 * As many queries as it takes to ask for all values within the length of a URL. Without values there is nothing to ask.
 *
 * @example selectIn({ object: 'Lead', fields: ['Id'] }, { in: { field: 'Email', values: ['o\'hara@x.com'] } })
 * // ["SELECT Id FROM Lead WHERE Email IN ('o\\'hara@x.com')"]
 */
export function selectIn(select: Select, where: Where): string[] {
  const head = `${from(select)} WHERE ${path(where.in.field)} IN (`;
  const tail = `)${Object.entries(where.and ?? {})
    .map(([field, value]) => ` AND ${equals(field, value)}`)
    .join('')}`;
  const room = LONGEST - encodeURIComponent(head + tail).length;
  const queries: string[][] = [];
  let length = Infinity;
  for (const value of new Set(where.in.values)) {
    const literal = quoted(value);
    const size = encodeURIComponent(`${literal},`).length;
    if (length + size > room) {
      queries.push([]);
      length = 0;
    }
    queries.at(-1)!.push(literal);
    length += size;
  }
  return queries.map((values) => head + values.join(',') + tail);
}

/** All rows of an object that meet the conditions. */
export const selectWhere = (select: Select, and: Readonly<Record<string, boolean | string>>): string =>
  `${from(select)} WHERE ${Object.entries(and)
    .map(([field, value]) => equals(field, value))
    .join(' AND ')}`;

const equals = (field: string, value: boolean | string) =>
  `${path(field)} = ${typeof value === 'boolean' ? String(value) : quoted(value)}`;

const from = ({ object, fields, children = [] }: Select): string =>
  `SELECT ${[...new Set(fields.map(path)), ...children.map((child) => `(${from(child)})`)].join(', ')} FROM ${path(object)}`;
