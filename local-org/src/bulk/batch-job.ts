import { ApiError, NotSupported } from '../errors.ts';
import type { Org, User } from '../org.ts';
import { checkLength } from '../soql/parse.ts';
import { makeId } from '../store/id.ts';
import { datetimeText } from '../time.ts';
import { Batch } from './batch.ts';
import type { BatchState, BatchWork } from './batch.ts';
import { checkLoad } from './load.ts';
import type { Load } from './load.ts';
import type { Shelf } from './shelf.ts';

/** What a client asks for when it opens a Bulk 1 job. */
export interface BatchJobRequest {
  readonly operation?: string;
  readonly object?: string;
  readonly externalIdFieldName?: string;
  readonly concurrencyMode?: string;
  readonly contentType?: string;
}

/** A Bulk 1 job as it is kept. */
export interface BatchJobData {
  readonly id: string;
  readonly userId: string;
  readonly created: number;
  /** Of the API that opened it. */
  readonly version: string;
  readonly request: BatchJobRequest;
  /** Null for queries. */
  readonly load: Load | null;
  state: 'Open' | 'Closed' | 'Aborted';
}

export const refuse = (exceptionCode: string, message: string) => new ApiError(400, exceptionCode, message);

const queries = ['query', 'queryAll'];

/** A Bulk 1 job: batches are added until it is closed. They run side by side, or, in serial mode, one after the other. */
export class BatchJob {
  static readonly kind = 'bulk batch job';
  readonly data: BatchJobData;
  readonly batches: Batch[];
  readonly #shelf: Shelf;
  #last: Promise<void> = Promise.resolve();

  constructor(shelf: Shelf, data: BatchJobData) {
    this.data = data;
    this.#shelf = shelf;
    this.batches = Batch.kept(shelf, data.id).map((batch) => new Batch(shelf, data.id, this.#work, batch));
  }

  static begin(org: Org, user: User, request: BatchJobRequest) {
    const { operation = '', contentType, concurrencyMode = 'Parallel' } = request;
    if (contentType !== 'CSV') throw new NotSupported(`contentType ${contentType ?? 'XML'} in a job of Bulk 1`);
    if (concurrencyMode !== 'Parallel' && concurrencyMode !== 'Serial')
      throw refuse('InvalidJob', `Invalid concurrencyMode: ${concurrencyMode}`);
    const load = queries.includes(operation) ? null : checkLoad(org, user, { ...request }, refuse);
    return { request, load, state: 'Open' } as const;
  }

  get isFinished(): boolean {
    return this.data.state !== 'Open' && this.batches.every(({ isFinished }) => isFinished);
  }

  get isQuery(): boolean {
    return this.data.load === null;
  }

  /** Starts a batch of CSV rows, or of one SOQL query. */
  add(content: string): Batch {
    const { id, state, userId } = this.data;
    const { org } = this.#shelf;
    if (state !== 'Open') throw refuse('InvalidJobState', `Job is not open: ${id}`);
    if (content.trim() === '') throw refuse('ClientInputError', 'Failed to parse CSV header: the batch is empty');
    if (this.isQuery) org.columns(org.user(userId)!, checkLength(content));
    const batch = new Batch(
      this.#shelf,
      id,
      this.#work,
      Batch.begin(makeId('751', org.documents.next('bulk batch')), org.clock()),
    );
    batch.keepContent(content);
    this.batches.push(batch);
    this.#start(batch);
    return batch;
  }

  /** Goes on with the batches of a job that an earlier process left. */
  run(): void {
    for (const batch of this.batches) if (!batch.isFinished) this.#start(batch);
  }

  batch(id: string): Batch {
    const batch = this.batches.find(({ data }) => data.id.startsWith(id.slice(0, 15)));
    if (!batch) throw refuse('InvalidBatch', `Unable to find batch: ${id}`);
    return batch;
  }

  close(state: string): void {
    if (state !== 'Closed' && state !== 'Aborted') throw refuse('InvalidJob', `Invalid state: ${state}`);
    this.data.state = state;
    this.save();
  }

  info() {
    const { id, userId, request, created, version, state } = this.data;
    const { operation, object, externalIdFieldName, concurrencyMode = 'Parallel' } = request;
    const count = (wanted: BatchState) => this.batches.filter(({ data }) => data.state === wanted).length;
    const sum = (of: 'processed' | 'failed') => this.batches.reduce((all, { data }) => all + data[of], 0);
    const createdDate = datetimeText(created).replace('+0000', 'Z');
    return {
      id,
      operation: operation!,
      object: object!,
      createdById: userId,
      createdDate,
      systemModstamp: createdDate,
      state,
      ...(externalIdFieldName === undefined ? {} : { externalIdFieldName }),
      concurrencyMode,
      contentType: 'CSV',
      numberBatchesQueued: count('Queued'),
      numberBatchesInProgress: count('InProgress'),
      numberBatchesCompleted: count('Completed'),
      numberBatchesFailed: count('Failed'),
      numberBatchesTotal: this.batches.length,
      numberRecordsProcessed: sum('processed'),
      numberRetries: 0,
      apiVersion: version,
      numberRecordsFailed: sum('failed'),
    };
  }

  batchInfo({ data }: Batch): Record<string, string | number> {
    const { id, created, state, stateMessage, processed, failed } = data;
    const createdDate = datetimeText(created).replace('+0000', 'Z');
    return {
      id,
      jobId: this.data.id,
      state,
      ...(stateMessage ? { stateMessage } : {}),
      createdDate,
      systemModstamp: createdDate,
      numberRecordsProcessed: processed,
      numberRecordsFailed: failed,
    };
  }

  save(): void {
    this.#shelf.org.documents.put(BatchJob.kind, this.data.id, this.data);
  }

  delete(): void {
    for (const batch of this.batches) batch.delete();
    this.#shelf.org.documents.delete(BatchJob.kind, this.data.id);
  }

  get #work(): BatchWork {
    const { userId, load, request } = this.data;
    return load ? { userId, load } : { userId, all: request.operation === 'queryAll' };
  }

  #start(batch: Batch): void {
    const run = () => batch.run(() => this.data.state === 'Aborted');
    const serial = this.data.request.concurrencyMode === 'Serial';
    this.#last = serial ? this.#last.then(run) : run();
  }
}
