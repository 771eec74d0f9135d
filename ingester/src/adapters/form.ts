import qs from 'qs';
import { Unreadable } from './adapter.ts';
import { object, type Json } from './json.ts';

/** `parseArrays: false` keeps the ID in `contact[fields][12]`, which qs would otherwise make a list position. */
const options = { parseArrays: false, depth: 10, strictDepth: true, parameterLimit: 5000, throwOnLimitExceeded: true };

/** Decodes a form with bracket keys into nested objects of texts. Throws Unreadable. */
export function parseForm(body: Buffer): Json {
  try {
    return object(qs.parse(body.toString('utf8'), options));
  } catch (error) {
    throw new Unreadable(`the body is not a form (${(error as Error).message})`);
  }
}
