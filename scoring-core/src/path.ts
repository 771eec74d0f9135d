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
  const names = namesOf(path);
  return (subject) => read(subject, names);
}

export const namesOf = (path: string): readonly string[] => path.split('.');

/** Reads a path, its names apart. */
export function read(subject: unknown, names: readonly string[]): unknown {
  let value = subject;
  for (let index = 0; index < names.length; index++) {
    if (!isObject(value)) return undefined;
    value = value[names[index]!];
  }
  // What every object inherits under a name that a path may have is a function, which JSON never holds.
  return typeof value === 'function' ? undefined : value;
}
