/** From what zod finds to what an admin reads: a place and a sentence. */
import type * as z from 'zod/mini';
import { isObject } from '../path.ts';

export type Problem = {
  /** JSON pointer into the model; '' for the whole. */
  path: string;
  message: string;
};

type Place = readonly PropertyKey[];

export const pointer = (place: Place): string =>
  place.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** One problem per issue; for unknown properties one per property. */
export function toProblems(issues: readonly z.core.$ZodIssue[], input: unknown): Problem[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: pointer([...issue.path, key]),
          message: `"${key}" is not known here; expected ${issue.message}.`,
        }))
      : { path: pointer(issue.path), message: expected(issue.message, valueAt(input, issue.path)) },
  );
}

export function expected(what: string, found: unknown): string {
  return found === undefined ? `This is missing; expected ${what}.` : `Expected ${what}, but found ${brief(found)}.`;
}

function valueAt(input: unknown, place: Place): unknown {
  let value = input;
  for (const step of place) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

/** Enough of a value to recognize it by. */
function brief(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? 'a list of 1' : `a list of ${value.length}`;
  if (isObject(value)) return 'an object';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
}
