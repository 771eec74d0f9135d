import { createHash } from 'node:crypto';

const LONGEST = 255;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The source's own event ID, or a hash of one that is longer than the contract allows; undefined if there is none. */
export function sourceId(value: unknown): string | undefined {
  const id = typeof value === 'number' ? String(value) : value;
  if (typeof id !== 'string' || id.trim() === '') return undefined;
  return id.length > LONGEST ? sha256(id) : id;
}

/** The ID of a happening whose source gives none: a hash of its decoded fields in sorted order. */
export const derivedId = (fields: unknown): string => sha256(canonical(fields));

/** JSON with the properties of every object sorted. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : item,
  );
}
