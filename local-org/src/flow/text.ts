import { asText } from '../formula/term.ts';
import type { FieldType } from '../schema/types.ts';
import type { Names } from './names.ts';
import { refuse, type Place } from './problem.ts';
import type { Scalar } from './program.ts';
import { compileScalar } from './reference.ts';

/** Types whose values flows merge into text as they are; the others depend on the running user's locale. */
const plain: readonly Scalar['type'][] = [
  'id',
  'string',
  'textarea',
  'picklist',
  'multipicklist',
  'combobox',
  'reference',
  'email',
  'phone',
  'url',
  'int',
  'double',
  'boolean',
] satisfies readonly FieldType[];

/** Compiles text with `{!...}` in it. */
export function compileText(place: Place, names: Names, text: string): Scalar {
  const parts = text.split(/\{!([^}]+)\}/).map((part, index): string | Scalar => {
    if (index % 2 === 0) return part;
    const value = compileScalar(place, names, part.trim());
    if (!plain.includes(value.type))
      refuse(place, `{!${part}} is a ${value.type}, which the local org does not format as text`);
    return value;
  });
  return {
    type: 'textarea',
    evaluate: (interview) =>
      parts.map((part) => (typeof part === 'string' ? part : asText(part.evaluate(interview)))).join(''),
  };
}
