import { bodyFields } from '../events/body-fields.ts';
import type { SObject } from '../schema/types.ts';

/** The header is the first field of a change event's schema. */
const headerFields = 1;

/**
 * Field names as bitmaps over the fields of the schema, the first field in the lowest bit: one of the fields that stand
 * alone, then one for each compound field, such as `4-0x10`, over its parts.
 */
export function fieldBitmaps(object: SObject, names: readonly string[]): string[] {
  const wanted = new Set(names);
  let top = 0n;
  const compounds: string[] = [];
  bodyFields(object).forEach(({ name, compound }, i) => {
    const position = i + headerFields;
    if (!compound) top |= wanted.has(name) ? 1n << BigInt(position) : 0n;
    else {
      const parts = compound.parts.reduce(
        (bits, part, at) => bits | (wanted.has(`${name}.${part.name}`) ? 1n << BigInt(at) : 0n),
        0n,
      );
      if (parts > 0n) compounds.push(`${position}-${hex(parts)}`);
    }
  });
  return [...(top > 0n ? [hex(top)] : []), ...compounds];
}

/** Whole bytes, upper case, as `0x0A`. */
function hex(bits: bigint): string {
  const digits = bits.toString(16).toUpperCase();
  return `0x${digits.padStart(digits.length + (digits.length % 2), '0')}`;
}
