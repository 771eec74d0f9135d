import type { Org, SaveResult, User } from '../org.ts';
import { datetimeText } from '../time.ts';
import { csvLine, delimiters, UploadError } from './csv.ts';
import { errorText, loadRows } from './load.ts';
import type { Load } from './load.ts';
import { checkLineEnding, readUpload } from './upload.ts';
import type { Upload, UploadFormat } from './upload.ts';

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** A Bulk 2.0 ingest job: opened, given its CSV once, closed by the client, then processed row by row. */
export class IngestJob {
  readonly id: string;
  readonly load: Load;
  readonly format: UploadFormat;
  state: JobState = 'Open';
  content: string | undefined;
  readonly #org: Org;
  readonly #user: User;
  readonly #created: number;
  readonly #results: SaveResult[] = [];
  #upload: Upload = { header: [], lines: [], rows: [] };
  #errorMessage = '';

  constructor(org: Org, user: User, id: string, load: Load, format: UploadFormat) {
    this.#org = org;
    this.#user = user;
    this.id = id;
    this.load = load;
    this.format = format;
    this.#created = org.clock();
  }

  /** Saves the upload's rows, as long as nobody aborts the job. */
  async run(): Promise<void> {
    try {
      const { content = '', format } = this;
      checkLineEnding(content, format.lineEnding);
      this.#upload = readUpload(this.#org, this.load.object, content, format.columnDelimiter);
      this.content = undefined;
      for await (const results of loadRows(this.#org, this.#user, this.load, this.#upload.rows)) {
        this.#results.push(...results);
        if (this.state === 'Aborted') return;
        this.state = 'InProgress';
      }
      this.state = 'JobComplete';
    } catch (error) {
      const { message } = error as Error;
      this.state = 'Failed';
      this.#errorMessage = error instanceof UploadError ? message : `InternalServerError : ${message}`;
    }
  }

  info(version: string) {
    const { object, operation, externalIdFieldName } = this.load;
    const created = datetimeText(this.#created);
    return {
      id: this.id,
      operation,
      object: object.name,
      createdById: this.#user.id,
      createdDate: created,
      systemModstamp: created,
      state: this.state,
      ...(operation === 'upsert' ? { externalIdFieldName } : {}),
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: Number(version),
      contentUrl: `services/data/v${version}/jobs/ingest/${this.id}/batches`,
      jobType: 'V2Ingest',
      ...this.format,
      numberRecordsProcessed: this.#results.length,
      numberRecordsFailed: this.#results.filter(({ success }) => !success).length,
      retries: 0,
      totalProcessingTime: Math.max(this.#org.clock() - this.#created, 0),
      ...(this.#errorMessage ? { errorMessage: this.#errorMessage } : {}),
    };
  }

  /** The rows that were saved, each with its ID and whether it is new. */
  successes(): string {
    return this.#report(['sf__Id', 'sf__Created'], ({ id = '', success, created = false }) =>
      success ? [id, String(created)] : undefined,
    );
  }

  /** The rows that were refused, each with why. */
  failures(): string {
    return this.#report(['sf__Id', 'sf__Error'], (result, i) =>
      result.success ? undefined : [(this.#upload.rows[i]!['Id'] ?? '') as string, errorText(result)],
    );
  }

  /** The rows that nobody came to. */
  unprocessed(): string {
    const { header, lines } = this.#upload;
    return [header, ...lines.slice(this.#results.length)].map((line) => this.#line(line)).join('');
  }

  #report(columns: string[], cells: (result: SaveResult, i: number) => string[] | undefined): string {
    const { header, lines } = this.#upload;
    const rows = this.#results.flatMap((result, i) => {
      const own = cells(result, i);
      return own ? [this.#line([...own, ...lines[i]!])] : [];
    });
    return this.#line([...columns, ...header]) + rows.join('');
  }

  #line(cells: readonly string[]): string {
    if (cells.length === 0) return '';
    return csvLine(cells, delimiters[this.format.columnDelimiter], this.format.lineEnding === 'LF' ? '\n' : '\r\n');
  }
}
