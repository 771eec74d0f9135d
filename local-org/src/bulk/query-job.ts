import { setImmediate } from 'node:timers/promises';
import type { Column, Org, QueryRecord, QueryResult, User } from '../org.ts';
import { datetimeText } from '../time.ts';
import { csvLine, delimiters } from './csv.ts';
import type { JobState } from './ingest-job.ts';
import type { UploadFormat } from './upload.ts';

/** A Bulk 2.0 query job: its rows are read page by page and kept as lines of CSV. */
export class QueryJob {
  readonly id: string;
  state: JobState = 'UploadComplete';
  readonly #org: Org;
  readonly #user: User;
  readonly #soql: string;
  readonly #all: boolean;
  readonly #format: UploadFormat;
  readonly #created: number;
  readonly #columns: readonly Column[];
  readonly #object: string;
  readonly #lines: string[] = [];

  /** Throws where the query is not one that Bulk runs. */
  constructor(org: Org, user: User, id: string, soql: string, all: boolean, format: UploadFormat) {
    this.#org = org;
    this.#user = user;
    this.id = id;
    this.#soql = soql;
    this.#all = all;
    this.#format = format;
    this.#created = org.clock();
    const { object, columns } = org.columns(user, soql);
    this.#object = object;
    this.#columns = columns;
  }

  async run(): Promise<void> {
    try {
      await setImmediate();
      let page: QueryResult = this.#org.query(this.#user, this.#soql, { all: this.#all });
      for (;;) {
        if (this.state === 'Aborted') return;
        this.state = 'InProgress';
        for (const record of page.records) this.#lines.push(this.#line(this.#cells(record)));
        if (page.done) break;
        await setImmediate();
        page = this.#org.queryMore(this.#user, page.nextRecordsUrl!.split('/').at(-1)!);
      }
      this.state = 'JobComplete';
    } catch {
      this.state = 'Failed';
    }
  }

  info(version: string) {
    const created = datetimeText(this.#created);
    return {
      id: this.id,
      operation: this.#all ? 'queryAll' : 'query',
      object: this.#object,
      createdById: this.#user.id,
      createdDate: created,
      systemModstamp: created,
      state: this.state,
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: Number(version),
      jobType: 'V2Query',
      ...this.#format,
      numberRecordsProcessed: this.#lines.length,
      retries: 0,
      totalProcessingTime: Math.max(this.#org.clock() - this.#created, 0),
    };
  }

  /** Rows so far. */
  get count(): number {
    return this.#lines.length;
  }

  /** A page of the result, with the header again on each, and where the next begins. */
  page(start: number, size: number): { csv: string; count: number; next: number | undefined } {
    const lines = this.#lines.slice(start, start + size);
    const header = this.#line(this.#columns.map(({ name }) => name));
    const next = start + size < this.#lines.length ? start + size : undefined;
    return { csv: header + lines.join(''), count: lines.length, next };
  }

  #cells(record: QueryRecord): string[] {
    return this.#columns.map(({ name, field }) => {
      const text = String(valueAt(record, name) ?? '');
      // Bulk writes instants as SOAP does.
      return field.type === 'datetime' ? text.replace('+0000', 'Z') : text;
    });
  }

  #line(cells: readonly string[]): string {
    const end = this.#format.lineEnding === 'LF' ? '\n' : '\r\n';
    return csvLine(cells, delimiters[this.#format.columnDelimiter], end);
  }
}

function valueAt(record: QueryRecord, path: string) {
  let value: unknown = record;
  for (const step of path.split('.')) value = (value as Record<string, unknown> | null)?.[step];
  return value as string | number | boolean | null | undefined;
}
