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
  const steps = path.split('.').map(stepper);
  const [only] = steps;
  if (only && steps.length === 1) return only;
  return (subject) => {
    let value = subject;
    for (const step of steps) value = step(value);
    return value;
  };
}

function stepper(key: string): (value: unknown) => unknown {
  // Few names are among those that every object inherits; for the others there is no need to ask whose they are.
  if (key in Object.prototype)
    return (value) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined);
  return (value) => (isObject(value) ? value[key] : undefined);
}
