import type { Field, PicklistValue, SObject } from './types.ts';

/** The values of a controlling field in their order, by which dependent values say what they are valid for. */
export function controllingValues(object: SObject, { controller }: Field): readonly string[] {
  const field = controller === null ? undefined : object.field(controller);
  if (!field) return [];
  return field.type === 'boolean' ? ['false', 'true'] : field.picklist.map(({ value }) => value);
}

/** What describe says a dependent value is valid for: a bit for each controlling value, from the left, in base64. */
export function validForBits({ validFor }: PicklistValue, controlling: readonly string[]): string | null {
  if (validFor === null) return null;
  const bytes = Buffer.alloc(Math.ceil(controlling.length / 8));
  controlling.forEach((value, i) => {
    if (validFor.includes(value)) bytes[i >> 3]! |= 0x80 >> (i & 7);
  });
  return bytes.toString('base64');
}
