import { datetimeText } from '../time.ts';
import type { JobState } from './ingest-job.ts';
import { headerLine, QueryRows, readRows } from './query-rows.ts';
import type { BulkQuery } from './query-rows.ts';
import type { Shelf } from './shelf.ts';

/** A query job as it is kept. */
export interface QueryJobData {
  readonly id: string;
  readonly userId: string;
  readonly created: number;
  /** Of the API that opened it. */
  readonly version: string;
  readonly query: BulkQuery;
  readonly object: string;
  readonly header: string;
  state: JobState;
  count: number;
  /** Milliseconds of work. */
  spent: number;
}

/** A Bulk 2.0 query job: its rows are read page by page and kept as lines of CSV. */
export class QueryJob {
  static readonly kind = 'bulk query job';
  readonly data: QueryJobData;
  readonly #shelf: Shelf;
  readonly #rows: QueryRows;

  constructor(shelf: Shelf, data: QueryJobData) {
    this.data = data;
    this.#shelf = shelf;
    this.#rows = new QueryRows(shelf.org.documents);
  }

  /** Throws where the query is not one that Bulk runs. */
  static begin({ org }: Shelf, userId: string, query: BulkQuery) {
    const { object, columns } = org.columns(org.user(userId)!, query.soql);
    const header = headerLine(query.format, columns);
    return { query, object, header, state: 'UploadComplete', count: 0, spent: 0 } as const;
  }

  get isFinished(): boolean {
    return ['JobComplete', 'Failed', 'Aborted'].includes(this.data.state);
  }

  become(state: JobState): void {
    this.data.state = state;
    this.save();
  }

  async run(): Promise<void> {
    const { data } = this;
    const { org, stopped } = this.#shelf;
    const started = org.clock();
    data.count = 0;
    try {
      await readRows(this.#shelf, data.userId, data.query, {
        stopped: () => stopped() || data.state === 'Aborted',
        keep: (lines, n) => {
          this.#rows.write(data.id, lines, n);
          data.count += lines.length;
          data.spent = Math.max(org.clock() - started, 0);
          this.become('InProgress');
        },
      });
      if (!stopped() && !this.isFinished) this.become('JobComplete');
    } catch {
      if (!stopped()) this.become('Failed');
    }
  }

  info() {
    const { id, userId, created, version, query, object, state, count, spent } = this.data;
    return {
      id,
      operation: query.all ? 'queryAll' : 'query',
      object,
      createdById: userId,
      createdDate: datetimeText(created),
      systemModstamp: datetimeText(created),
      state,
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: Number(version),
      jobType: 'V2Query',
      ...query.format,
      numberRecordsProcessed: count,
      retries: 0,
      totalProcessingTime: spent,
    };
  }

  /** A page of the result, with the header again on each, and where the next begins. */
  page(start: number, size: number): { csv: string; count: number; next: number | undefined } {
    const { id, count, header } = this.data;
    const lines = this.#rows.read(id, start, size);
    return { csv: header + lines.join(''), count: lines.length, next: start + size < count ? start + size : undefined };
  }

  save(): void {
    this.#shelf.org.documents.put(QueryJob.kind, this.data.id, this.data);
  }

  delete(): void {
    this.#rows.delete(this.data.id);
    this.#shelf.org.documents.delete(QueryJob.kind, this.data.id);
  }
}
