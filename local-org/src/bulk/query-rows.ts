import { setImmediate } from 'node:timers/promises';
import type { Column, QueryRecord } from '../org.ts';
import type { Documents } from '../store/documents.ts';
import { csvLine, delimiters } from './csv.ts';
import { runner } from './shelf.ts';
import type { Shelf } from './shelf.ts';
import type { UploadFormat } from './upload.ts';

/** What a bulk query reads, and how its rows are written. */
export interface BulkQuery {
  readonly soql: string;
  /** Deleted records too. */
  readonly all: boolean;
  readonly format: UploadFormat;
}

/** Rows that are read at a time, and kept as one piece. */
const piece = 2000;

/**
 * Reads the rows of a bulk query as lines of CSV, from the beginning; between the pages other calls get their turn.
 * Throws where the query is not one that Bulk runs.
 */
export async function readRows(
  shelf: Shelf,
  userId: string,
  { soql, all, format }: BulkQuery,
  { keep, stopped }: { keep: (lines: string[], piece: number) => void; stopped: () => boolean },
): Promise<void> {
  await setImmediate();
  if (stopped()) return;
  const { org } = shelf;
  const user = runner(shelf, userId);
  const { columns } = org.columns(user, soql);
  let page = org.query(user, soql, { all, batchSize: piece });
  for (let n = 0; ; n++) {
    keep(
      page.records.map((record) => line(format, cells(columns, record))),
      n,
    );
    if (page.done) return;
    await setImmediate();
    if (stopped()) return;
    page = org.queryMore(user, page.nextRecordsUrl!.split('/').at(-1)!);
  }
}

/** The rows of bulk queries, as they are kept. */
export class QueryRows {
  readonly #documents: Documents;

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  write(id: string, lines: readonly string[], n: number): void {
    this.#documents.put('bulk rows', key(id, n), lines);
  }

  /** The rows from `start` on, `size` at most. */
  read(id: string, start: number, size: number): string[] {
    const first = Math.floor(start / piece);
    const lines: string[] = [];
    for (let n = first; lines.length < start - first * piece + size; n++) {
      const more = this.#documents.get('bulk rows', key(id, n)) as string[] | undefined;
      if (!more) break;
      lines.push(...more);
    }
    return lines.slice(start - first * piece, start - first * piece + size);
  }

  delete(id: string): void {
    this.#documents.delete('bulk rows', id);
  }
}

const key = (id: string, n: number) => `${id}/${String(n).padStart(8, '0')}`;

export const headerLine = (format: UploadFormat, columns: readonly Column[]) =>
  line(
    format,
    columns.map(({ name }) => name),
  );

const line = ({ columnDelimiter, lineEnding }: UploadFormat, values: readonly string[]) =>
  csvLine(values, delimiters[columnDelimiter], lineEnding === 'LF' ? '\n' : '\r\n');

const cells = (columns: readonly Column[], record: QueryRecord) =>
  columns.map(({ name, field }) => {
    const text = String(valueAt(record, name) ?? '');
    // Bulk writes instants as SOAP does.
    return field.type === 'datetime' ? text.replace('+0000', 'Z') : text;
  });

function valueAt(record: QueryRecord, path: string) {
  let value: unknown = record;
  for (const step of path.split('.')) value = (value as Record<string, unknown> | null)?.[step];
  return value as string | number | boolean | null | undefined;
}
