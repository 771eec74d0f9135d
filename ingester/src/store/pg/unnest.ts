/**
 * Rows from one array a column, numbered `n` from 1; parameters start at `$1`.
 *
 * @example unnest(['text', 'bigint'], 'key, person')
 * // 'unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS given (key, person, n)'
 */
export const unnest = (types: readonly string[], columns: string): string =>
  `unnest(${types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')}) WITH ORDINALITY AS given (${columns}, n)`;
