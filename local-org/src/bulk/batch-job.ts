import { ApiError, NotSupported } from '../errors.ts';
import type { Org, User } from '../org.ts';
import { datetimeText } from '../time.ts';
import { LoadBatch, QueryBatch } from './batch.ts';
import type { Batch } from './batch.ts';
import { checkLoad } from './load.ts';
import type { Load } from './load.ts';

/** What a client asks for when it opens a Bulk 1 job. */
export interface BatchJobRequest {
  readonly operation?: string;
  readonly object?: string;
  readonly externalIdFieldName?: string;
  readonly concurrencyMode?: string;
  readonly contentType?: string;
}

export const refuse = (exceptionCode: string, message: string) => new ApiError(400, exceptionCode, message);

const queries = ['query', 'queryAll'];

/** A Bulk 1 job: batches are added until it is closed. */
export class BatchJob {
  readonly id: string;
  readonly #org: Org;
  readonly #user: User;
  readonly #request: BatchJobRequest;
  readonly #load: Load | undefined;
  readonly #created: number;
  readonly #batches: Batch[] = [];
  #state: 'Open' | 'Closed' | 'Aborted' = 'Open';

  constructor(org: Org, user: User, id: string, request: BatchJobRequest) {
    const { operation = '', contentType, concurrencyMode = 'Parallel' } = request;
    if (contentType !== 'CSV') throw new NotSupported(`contentType ${contentType ?? 'XML'} in a job of Bulk 1`);
    if (concurrencyMode !== 'Parallel') throw new NotSupported(`concurrencyMode ${concurrencyMode} in a bulk job`);
    this.#load = queries.includes(operation) ? undefined : checkLoad(org, { ...request }, refuse);
    this.id = id;
    this.#org = org;
    this.#user = user;
    this.#request = request;
    this.#created = org.clock();
  }

  /** Starts a batch of CSV rows, or of one SOQL query. */
  add(id: string, content: string): Batch {
    if (this.#state !== 'Open') throw refuse('InvalidJobState', `Job is not open: ${this.id}`);
    if (content.trim() === '') throw refuse('ClientInputError', 'Failed to parse CSV header: the batch is empty');
    const all = this.#request.operation === 'queryAll';
    const batch = this.#load
      ? new LoadBatch(id, this.#org, this.#user, this.#load, content)
      : new QueryBatch(id, this.#org, this.#user, content, all);
    this.#batches.push(batch);
    return batch;
  }

  batch(id: string): Batch {
    const batch = this.#batches.find((each) => each.id.startsWith(id.slice(0, 15)));
    if (!batch) throw refuse('InvalidBatch', `Unable to find batch: ${id}`);
    return batch;
  }

  close(state: string): void {
    if (state !== 'Closed' && state !== 'Aborted') throw refuse('InvalidJob', `Invalid state: ${state}`);
    this.#state = state;
  }

  info(version: string): Record<string, string | number> {
    const { operation, object, externalIdFieldName } = this.#request;
    const count = (...states: string[]) => this.#batches.filter(({ state }) => states.includes(state)).length;
    const created = datetimeText(this.#created).replace('+0000', 'Z');
    return {
      id: this.id,
      operation: operation!,
      object: object!,
      createdById: this.#user.id,
      createdDate: created,
      systemModstamp: created,
      state: this.#state,
      ...(externalIdFieldName === undefined ? {} : { externalIdFieldName }),
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      numberBatchesQueued: count('Queued'),
      numberBatchesInProgress: count('InProgress'),
      numberBatchesCompleted: count('Completed'),
      numberBatchesFailed: count('Failed'),
      numberBatchesTotal: this.#batches.length,
      numberRecordsProcessed: this.#batches.reduce((sum, { processed }) => sum + processed, 0),
      numberRetries: 0,
      apiVersion: version,
      numberRecordsFailed: this.#batches.reduce((sum, { failed }) => sum + failed, 0),
    };
  }

  batchInfo({ id, created, state, stateMessage, processed, failed }: Batch): Record<string, string | number> {
    const createdDate = datetimeText(created).replace('+0000', 'Z');
    return {
      id,
      jobId: this.id,
      state,
      ...(stateMessage ? { stateMessage } : {}),
      createdDate,
      systemModstamp: createdDate,
      numberRecordsProcessed: processed,
      numberRecordsFailed: failed,
    };
  }

  get batches(): readonly Batch[] {
    return this.#batches;
  }

  get isQuery(): boolean {
    return this.#load === undefined;
  }
}
