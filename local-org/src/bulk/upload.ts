import type { Org } from '../org.ts';
import type { Row, SObject, Value } from '../schema/types.ts';
import { delimiters, parseCsv, UploadError } from './csv.ts';

export interface UploadFormat {
  /** `COMMA`, `TAB`, ... */
  readonly columnDelimiter: string;
  readonly lineEnding: 'LF' | 'CRLF';
}

/** An uploaded CSV: its header, its lines as they came, and the records that they say. */
export interface Upload {
  readonly header: readonly string[];
  readonly lines: readonly (readonly string[])[];
  readonly rows: readonly Row[];
}

/** Reads an upload, or throws an UploadError where the whole of it cannot be used. */
export function readUpload(org: Org, name: string, text: string, columnDelimiter = 'COMMA'): Upload {
  const object = org.schema.object(name)!;
  const [header = [], ...lines] = parseCsv(text.replace(/^\uFEFF/, ''), delimiters[columnDelimiter]!);
  const columns = header.map((name) => column(org, object, name.trim()));
  const rows = lines.map((line, i) => {
    if (line.length > header.length)
      throw new UploadError(`InvalidBatch : line ${i + 2} has ${line.length} columns, the header ${header.length}`);
    const row: Row = {};
    line.forEach((cell, at) => {
      // An empty cell leaves the field alone; #N/A empties it.
      if (cell !== '') columns[at]!(row, cell === '#N/A' ? null : cell);
    });
    return row;
  });
  return { header, lines, rows };
}

/** Bulk 2.0 holds an upload to the line ending that its job was opened with. */
export function checkLineEnding(text: string, lineEnding: UploadFormat['lineEnding']): void {
  const first = /\r?\n/.exec(text)?.[0];
  if (first !== undefined && (first === '\r\n') !== (lineEnding === 'CRLF'))
    throw new UploadError(
      `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`,
    );
}

type Setter = (row: Row, value: Value) => void;

/** `Name`, or a parent by external ID: `Lead__r.External_Id__c`, and `User:Owner.Username` where several can be meant. */
function column(org: Org, object: SObject, name: string): Setter {
  const notFound = () => new UploadError(`InvalidBatch : Field name not found : ${name}`);
  const [, type, relationship, key] = /^(?:(\w+):)?(\w+)\.(\w+)$/.exec(name) ?? [];
  if (relationship === undefined || key === undefined) {
    const field = object.field(name);
    if (!field) throw notFound();
    return (row, value) => (row[field.name] = value);
  }
  const lookup = object.parent(relationship);
  const parent = org.schema.object(type ?? lookup?.referenceTo[0] ?? '');
  if (!lookup || !parent?.field(key) || !lookup.referenceTo.includes(parent.name)) throw notFound();
  return (row, value) =>
    (row[lookup.relationshipName!] = value === null ? null : { attributes: { type: parent.name }, [key]: value });
}
