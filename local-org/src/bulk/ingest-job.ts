import type { SaveResult } from '../org.ts';
import { datetimeText } from '../time.ts';
import { csvLine, delimiters, UploadError } from './csv.ts';
import { errorText, loadRows } from './load.ts';
import type { Load } from './load.ts';
import { Log } from './log.ts';
import { runner, seen } from './shelf.ts';
import type { Shelf } from './shelf.ts';
import { checkLineEnding, readUpload } from './upload.ts';
import type { Upload, UploadFormat } from './upload.ts';

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** An ingest job as it is kept. */
export interface IngestJobData {
  readonly id: string;
  readonly userId: string;
  readonly created: number;
  /** Of the API that opened it. */
  readonly version: string;
  readonly load: Load;
  readonly format: UploadFormat;
  state: JobState;
  uploaded: boolean;
  processed: number;
  failed: number;
  /** Milliseconds of work. */
  spent: number;
  errorMessage: string;
}

/** Rows that Salesforce takes as one batch of the daily allowance. */
const rowsPerBatch = 10_000;

/** A Bulk 2.0 ingest job: opened, given its CSV once, closed by the client, then processed row by row. */
export class IngestJob {
  static readonly kind = 'bulk ingest job';
  readonly data: IngestJobData;
  readonly #shelf: Shelf;
  readonly #successes: Log;
  readonly #failures: Log;
  #content: string | undefined;

  constructor(shelf: Shelf, data: IngestJobData) {
    this.data = data;
    this.#shelf = shelf;
    this.#successes = new Log(shelf.org.documents, 'successes');
    this.#failures = new Log(shelf.org.documents, 'failures');
  }

  static begin(format: UploadFormat, load: Load): Omit<IngestJobData, 'id' | 'userId' | 'created' | 'version'> {
    return { load, format, state: 'Open', uploaded: false, processed: 0, failed: 0, spent: 0, errorMessage: '' };
  }

  get isFinished(): boolean {
    return ['JobComplete', 'Failed', 'Aborted'].includes(this.data.state);
  }

  upload(content: string): void {
    this.#content = content;
    this.#shelf.org.documents.put('bulk content', this.data.id, content);
    this.data.uploaded = true;
    this.save();
  }

  /** Batches that the upload takes of the daily allowance. */
  get batches(): number {
    const lines = this.content.split('\n').length - 1;
    return Math.max(Math.ceil(lines / rowsPerBatch), 1);
  }

  become(state: JobState): void {
    this.data.state = state;
    this.save();
  }

  /** Saves the rows that were not saved yet, as long as nobody aborts the job. */
  async run(): Promise<void> {
    const { data } = this;
    const { org, stopped } = this.#shelf;
    const started = org.clock() - data.spent;
    try {
      checkLineEnding(this.content, data.format.lineEnding);
      const upload = this.#read();
      await loadRows(org, runner(this.#shelf, data.userId), data.load, upload.rows, {
        from: data.processed,
        stopped: () => stopped() || data.state === 'Aborted',
        keep: (results, at) => {
          data.state = 'InProgress';
          data.spent = Math.max(org.clock() - started, 0);
          this.#keep(upload, results, at);
        },
      });
      if (!stopped() && !this.isFinished) this.become('JobComplete');
    } catch (error) {
      if (stopped()) return;
      const { message } = error as Error;
      data.errorMessage = error instanceof UploadError ? message : `InternalServerError : ${message}`;
      this.become('Failed');
    }
    this.#content = undefined;
  }

  info() {
    const { id, userId, load, format, version, created, state, processed, failed, spent, errorMessage } = this.data;
    const { object, operation, externalIdFieldName } = load;
    return {
      id,
      operation,
      object,
      createdById: userId,
      createdDate: datetimeText(created),
      systemModstamp: datetimeText(created),
      state,
      ...(operation === 'upsert' ? { externalIdFieldName } : {}),
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: Number(version),
      contentUrl: `services/data/v${version}/jobs/ingest/${id}/batches`,
      jobType: 'V2Ingest',
      ...format,
      numberRecordsProcessed: processed,
      numberRecordsFailed: failed,
      retries: 0,
      totalProcessingTime: spent,
      ...(errorMessage ? { errorMessage } : {}),
    };
  }

  /** The rows that were saved, each with its ID and whether it is new. */
  successes(): string {
    return this.#report(['sf__Id', 'sf__Created'], this.#successes);
  }

  /** The rows that were refused, each with why. */
  failures(): string {
    return this.#report(['sf__Id', 'sf__Error'], this.#failures);
  }

  /** The rows that nobody came to. */
  unprocessed(): string {
    try {
      const { header, lines } = this.#read();
      return [header, ...lines.slice(this.data.processed)].map((line) => this.#line(line)).join('');
    } catch {
      return '';
    }
  }

  save(): void {
    this.#shelf.org.documents.put(IngestJob.kind, this.data.id, this.data);
  }

  delete(): void {
    const { id } = this.data;
    this.#successes.delete(id);
    this.#failures.delete(id);
    for (const kind of [IngestJob.kind, 'bulk content', 'bulk header']) this.#shelf.org.documents.delete(kind, id);
  }

  get content(): string {
    return (this.#content ??= (this.#shelf.org.documents.get('bulk content', this.data.id) ?? '') as string);
  }

  #read(): Upload {
    const { load, format } = this.data;
    return readUpload(seen(this.#shelf, this.data.userId), load.object, this.content, format.columnDelimiter);
  }

  #keep({ header, lines, rows }: Upload, results: readonly SaveResult[], at: number): void {
    const { data } = this;
    const saved: string[] = [];
    const refused: string[] = [];
    results.forEach((result, i) => {
      const { id = '', success, created = false } = result;
      if (success) saved.push(this.#line([id, String(created), ...lines[at + i]!]));
      else refused.push(this.#line([(rows[at + i]!['Id'] ?? '') as string, errorText(result), ...lines[at + i]!]));
    });
    this.#successes.write(data.id, at, saved.join(''));
    this.#failures.write(data.id, at, refused.join(''));
    if (at === 0) this.#shelf.org.documents.put('bulk header', data.id, header);
    data.processed += results.length;
    data.failed += refused.length;
    this.save();
  }

  #report(columns: string[], log: Log): string {
    const header = (this.#shelf.org.documents.get('bulk header', this.data.id) ?? []) as string[];
    return this.#line([...columns, ...header]) + log.read(this.data.id);
  }

  #line(cells: readonly string[]): string {
    if (cells.length === 0) return '';
    const { columnDelimiter, lineEnding } = this.data.format;
    return csvLine(cells, delimiters[columnDelimiter], lineEnding === 'LF' ? '\n' : '\r\n');
  }
}
