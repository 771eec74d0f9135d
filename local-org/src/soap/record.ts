import { ApiError } from '../errors.ts';
import type { Row } from '../schema/types.ts';
import { text, texts } from './node.ts';
import type { Node } from './node.ts';

/** A record as SOAP sends it: its type, and its fields as text. `fieldsToNull` names those that are set to null. */
export function readRecord(node: Node): { type: string; row: Row } {
  const type = text(node, 'type') ?? text(node, '@type')?.replace(/^.*:/, '');
  if (typeof node !== 'object' || type === undefined)
    throw new ApiError(500, 'INVALID_TYPE', 'sObject type is missing in a record');
  const row: Row = {};
  for (const name of Object.keys(node)) {
    const value = /^(type$|fieldsToNull$|[@#])/.test(name) ? undefined : text(node, name);
    if (value !== undefined) row[name] = value;
  }
  for (const name of texts(node, 'fieldsToNull')) row[name] = null;
  return { type, row };
}
