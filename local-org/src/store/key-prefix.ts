import type { ObjectDefinition } from '../schema/definition.ts';
import type { Schema } from '../schema/types.ts';
import type { Sequences } from './sequences.ts';

/** `a00`, `a01`, ... and `e00` for events, the same each time a stored org is opened. */
export const customPrefix = (sequences: Sequences, name: string, letter: 'a' | 'e') =>
  letter + (sequences.ordinal(`${letter} key prefix`, name) - 1).toString(36).padStart(2, '0');

/** Key prefixes for what is only being checked: what the store gives, it gives for good. */
export function provisionalPrefix(schema: Schema): (definition: ObjectDefinition) => string {
  let next = 0;
  return ({ name }) => schema.object(name)?.keyPrefix ?? `z${(next++).toString(36).padStart(2, '0')}`;
}
