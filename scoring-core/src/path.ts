/** Paths into records and engagements, written exactly as the API returns them (section 3.3). */

export type Json = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Missing, null and empty text. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/**
 * Compiles a path into a function that reads it; `undefined` where the path ends early.
 *
 * @example reader('Account.Industry')({ Account: { Industry: 'Software' } }) === 'Software'
 */
export function reader(path: string): (subject: unknown) => unknown {
  const keys = path.split('.');
  return (subject) => {
    let value = subject;
    for (const key of keys) {
      if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
      value = value[key];
    }
    return value;
  };
}
