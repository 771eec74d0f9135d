import type { Org, SaveResult, User } from '../org.ts';
import { csvLine } from './csv.ts';
import { errorText, loadRows } from './load.ts';
import type { Load } from './load.ts';
import { QueryJob } from './query-job.ts';
import { readUpload } from './upload.ts';

export type BatchState = 'Queued' | 'InProgress' | 'Completed' | 'Failed';

/** A batch of a Bulk 1 job: a CSV to load, or a query. It starts as soon as it is there. */
export interface Batch {
  readonly id: string;
  readonly created: number;
  readonly state: BatchState;
  readonly stateMessage: string;
  readonly processed: number;
  readonly failed: number;
  /** The outcome in CSV: of each row, or the rows found. */
  result(): string;
}

export class LoadBatch implements Batch {
  readonly id: string;
  readonly created: number;
  state: BatchState = 'Queued';
  stateMessage = '';
  readonly #results: SaveResult[] = [];

  constructor(id: string, org: Org, user: User, load: Load, content: string) {
    this.id = id;
    this.created = org.clock();
    void this.#run(org, user, load, content);
  }

  async #run(org: Org, user: User, load: Load, content: string): Promise<void> {
    try {
      const { rows } = readUpload(org, load.object, content);
      for await (const results of loadRows(org, user, load, rows)) {
        this.state = 'InProgress';
        this.#results.push(...results);
      }
      this.state = 'Completed';
    } catch (error) {
      this.state = 'Failed';
      this.stateMessage = (error as Error).message;
    }
  }

  get processed(): number {
    return this.#results.length;
  }

  get failed(): number {
    return this.#results.filter(({ success }) => !success).length;
  }

  result(): string {
    const lines = this.#results.map((result) => {
      const { id = '', success, created = false } = result;
      return csvLine([id, String(success), String(success && created), success ? '' : errorText(result)]);
    });
    return csvLine(['Id', 'Success', 'Created', 'Error']) + lines.join('');
  }
}

export class QueryBatch implements Batch {
  readonly id: string;
  readonly created: number;
  readonly failed = 0;
  readonly stateMessage = '';
  readonly #job: QueryJob;

  /** Throws where the query is not one that Bulk runs. */
  constructor(id: string, org: Org, user: User, soql: string, all: boolean) {
    this.id = id;
    this.created = org.clock();
    this.#job = new QueryJob(org, user, id, soql, all, { columnDelimiter: 'COMMA', lineEnding: 'LF' });
    void this.#job.run();
  }

  get state(): BatchState {
    const { state } = this.#job;
    if (state === 'JobComplete') return 'Completed';
    return state === 'Failed' ? 'Failed' : 'InProgress';
  }

  get processed(): number {
    return this.#job.count;
  }

  result(): string {
    return this.#job.page(0, Infinity).csv;
  }
}
