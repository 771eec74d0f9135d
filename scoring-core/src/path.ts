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
  const [only = ''] = keys;
  if (keys.length === 1) return (subject) => (isObject(subject) ? own(subject, only) : undefined);
  return (subject) => {
    let value = subject;
    for (const key of keys) {
      if (!isObject(value)) return undefined;
      value = own(value, key);
    }
    return value;
  };
}

/** Most names are not among those that every object inherits, and need no look at whose they are. */
function own(object: Json, key: string): unknown {
  const value = object[key];
  return value !== undefined && key in Object.prototype && !Object.hasOwn(object, key) ? undefined : value;
}
