/** Why Bulk refuses an upload as a whole; the job fails with this message. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
}

/** The columns that an upload may be delimited by, by their name in the API. */
export const delimiters: Readonly<Record<string, string>> = {
  BACKQUOTE: '`',
  CARET: '^',
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  TAB: '\t',
};

/** The cells of a CSV text (RFC 4180), line by line; empty lines are left out. */
export function parseCsv(text: string, delimiter: string): string[][] {
  const one = delimiter.replace(/[\^|]/, '\\$&');
  const cell = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|((?!")[^${one}\\r\\n]*))(${one}|\\r\\n|\\n|\\r|$)`, 'y');
  const lines: string[][] = [];
  let line: string[] = [];
  while (cell.lastIndex < text.length || line.length > 0) {
    const found = cell.exec(text);
    if (!found) throw new UploadError(`InvalidBatch : Failed to parse CSV after line ${lines.length}`);
    const [, quoted, plain, end] = found;
    line.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === delimiter) continue;
    if (line.length > 1 || line[0] !== '') lines.push(line);
    line = [];
  }
  return lines;
}

/** A line as Bulk answers it: every cell in quotes. */
export const csvLine = (cells: readonly string[], delimiter = ',', end = '\n') =>
  cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter) + end;
