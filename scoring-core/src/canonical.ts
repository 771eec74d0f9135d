import { isObject } from './path.ts';

/** No engagement means anything by what lies deeper; hostile JSON may nest until the stack ends. */
const DEEPEST = 64;

/**
 * JSON text without white space, the properties of every object in the order of their names (UTF-16 code units), so that
 * equal values have equal text. What lies more than 64 levels deep is left out.
 *
 * @example canonicalText({ b: 1, a: [true] }) === '{"a":[true],"b":1}'
 */
export function canonicalText(value: unknown, levels = DEEPEST): string {
  if (levels === 0) return 'null';
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item, levels - 1)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalText(value[key], levels - 1)}`);
  return `{${members.join(',')}}`;
}
