import { csvLine, UploadError } from './csv.ts';
import { errorText, loadRows } from './load.ts';
import type { Load } from './load.ts';
import { Log } from './log.ts';
import { headerLine, QueryRows, readRows } from './query-rows.ts';
import { runner, seen } from './shelf.ts';
import type { Shelf } from './shelf.ts';
import { readUpload } from './upload.ts';

export type BatchState = 'Queued' | 'InProgress' | 'Completed' | 'Failed' | 'Not Processed';

/** A batch of a Bulk 1 job as it is kept: a CSV to load, or a query. */
export interface BatchData {
  readonly id: string;
  readonly created: number;
  state: BatchState;
  stateMessage: string;
  processed: number;
  failed: number;
}

/** What its job tells a batch to do: load rows, or run a query. */
export type BatchWork = { readonly userId: string } & ({ readonly load: Load } | { readonly all: boolean });

const kind = 'bulk batch';
const mostRows = 10_000;
const mostCharacters = 10_000_000;
const format = { columnDelimiter: 'COMMA', lineEnding: 'LF' } as const;

/** A batch of a Bulk 1 job and its outcome in CSV: of each row, or the rows found. */
export class Batch {
  readonly data: BatchData;
  readonly #jobId: string;
  readonly #shelf: Shelf;
  readonly #work: BatchWork;
  readonly #results: Log;
  readonly #rows: QueryRows;

  constructor(shelf: Shelf, jobId: string, work: BatchWork, data: BatchData) {
    this.data = data;
    this.#jobId = jobId;
    this.#shelf = shelf;
    this.#work = work;
    this.#results = new Log(shelf.org.documents, 'results');
    this.#rows = new QueryRows(shelf.org.documents);
  }

  static begin(id: string, created: number): BatchData {
    return { id, created, state: 'Queued', stateMessage: '', processed: 0, failed: 0 };
  }

  /** The batches that a job has kept, in their order. */
  static kept({ org }: Shelf, jobId: string): BatchData[] {
    return org.documents.all(kind, jobId) as BatchData[];
  }

  get isFinished(): boolean {
    return !['Queued', 'InProgress'].includes(this.data.state);
  }

  keepContent(content: string): void {
    this.#shelf.org.documents.put('bulk content', this.data.id, content);
    this.save();
  }

  /** Does what was not done yet. `aborted` says whether its job was. */
  async run(aborted: () => boolean): Promise<void> {
    const { data } = this;
    const stopped = () => this.#shelf.stopped() || aborted();
    try {
      await ('load' in this.#work ? this.#load(this.#work.load, stopped) : this.#query(this.#work.all, stopped));
      if (!this.#shelf.stopped()) this.#become(aborted() ? 'Not Processed' : 'Completed');
    } catch (error) {
      if (this.#shelf.stopped()) return;
      data.stateMessage = (error as Error).message;
      this.#become('Failed');
    }
  }

  result(): string {
    const { id } = this.data;
    if ('load' in this.#work) return csvLine(['Id', 'Success', 'Created', 'Error']) + this.#results.read(id);
    return headerLine(format, this.#columns()) + this.#rows.read(id, 0, this.data.processed).join('');
  }

  save(): void {
    this.#shelf.org.documents.put(kind, `${this.#jobId}/${this.data.id}`, this.data);
  }

  delete(): void {
    this.#results.delete(this.data.id);
    this.#rows.delete(this.data.id);
    this.#shelf.org.documents.delete('bulk content', this.data.id);
    this.#shelf.org.documents.delete(kind, `${this.#jobId}/${this.data.id}`);
  }

  async #load(load: Load, stopped: () => boolean): Promise<void> {
    const { data } = this;
    const { org } = this.#shelf;
    const content = this.#content();
    if (content.length > mostCharacters)
      throw new UploadError(`InvalidBatch : a batch has at most ${mostCharacters} characters`);
    const { rows } = readUpload(seen(this.#shelf, this.#work.userId), load.object, content);
    if (rows.length > mostRows) throw new UploadError(`InvalidBatch : a batch has at most ${mostRows} records`);
    await loadRows(org, runner(this.#shelf, this.#work.userId), load, rows, {
      from: data.processed,
      stopped,
      keep: (results, at) => {
        const lines = results.map((result) => {
          const { id = '', success, created = false } = result;
          return csvLine([id, String(success), String(success && created), success ? '' : errorText(result)]);
        });
        this.#results.write(data.id, at, lines.join(''));
        data.processed += results.length;
        data.failed += results.filter(({ success }) => !success).length;
        this.#become('InProgress');
      },
    });
  }

  async #query(all: boolean, stopped: () => boolean): Promise<void> {
    const { data } = this;
    data.processed = 0;
    await readRows(
      this.#shelf,
      this.#work.userId,
      { soql: this.#content(), all, format },
      {
        stopped,
        keep: (lines, n) => {
          this.#rows.write(data.id, lines, n);
          data.processed += lines.length;
          this.#become('InProgress');
        },
      },
    );
  }

  #columns() {
    const { org } = this.#shelf;
    return org.columns(runner(this.#shelf, this.#work.userId), this.#content()).columns;
  }

  #content(): string {
    return this.#shelf.org.documents.get('bulk content', this.data.id) as string;
  }

  #become(state: BatchState): void {
    this.data.state = state;
    this.save();
  }
}
