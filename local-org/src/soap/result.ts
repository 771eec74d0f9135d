import type { SaveResult } from '../org.ts';
import { elements } from '../xml.ts';

/** A result as SOAP answers it: errors, what `more` adds, and whether it succeeded. */
export function resultXml(
  { id, success, errors }: SaveResult,
  more: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): string {
  const listed = errors.map(
    ({ statusCode, message, fields }) =>
      `<errors>${fields.map((name) => elements({ fields: name })).join('')}${elements({ message, statusCode })}</errors>`,
  );
  const named = Object.entries({ id, ...more }).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => elements({ [name]: each })),
  );
  return `<result>${listed.join('')}${named.join('')}${elements({ success: String(success) })}</result>`;
}
