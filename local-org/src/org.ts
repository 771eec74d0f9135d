import type { EventEmitter } from 'node:events';
import type { ObjectDescribe } from './schema/describe.ts';
import type { Field, Row, Schema } from './schema/types.ts';
import type { QueryColumns } from './soql/column-metadata.ts';

/** Who a call runs as; the seam at which permission sets will be enforced. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
}

export interface SaveError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** One row's outcome, as the collections resource answers it. `created` is set by upsert only. */
export interface SaveResult {
  readonly id?: string;
  readonly success: boolean;
  readonly created?: boolean;
  readonly errors: readonly SaveError[];
}

export interface SaveOptions {
  /** One failing row undoes all; otherwise each row stands for itself (the default, as in REST). */
  readonly allOrNone?: boolean;
}

export interface QueryOptions {
  /** Deleted and archived records too (queryAll). */
  readonly all?: boolean;
  /** API version in `attributes.url` and `nextRecordsUrl`, such as `66.0`. */
  readonly version?: string;
  /** Records per page, 200 to 2000. */
  readonly batchSize?: number;
}

export interface QueryResult {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly QueryRecord[];
}

/** `attributes`, then the selected fields in order; parents nested, children as a QueryResult. */
export type QueryRecord = { readonly attributes: { readonly type: string; readonly url?: string } } & Record<
  string,
  unknown
>;

/** A column of a query whose records are flat: `Name`, `Owner.Name`. */
export interface Column {
  readonly name: string;
  readonly field: Field;
}

/** A record after the transaction that created, changed or deleted it committed. */
export interface RecordChange {
  readonly object: string;
  readonly id: string;
  readonly type: 'created' | 'updated' | 'deleted';
  /** All stored fields; null before creation. */
  readonly before: Row | null;
  readonly after: Row;
}

/** A platform event after its transaction committed. */
export interface PublishedEvent {
  readonly object: string;
  readonly replayId: number;
  readonly fields: Row;
}

/**
 * One Salesforce-compatible org. Every call is synchronous and atomic; whatever Salesforce would refuse as a whole throws
 * an ApiError, whatever concerns one row stands in that row's result.
 */
export interface Org {
  readonly id: string;
  readonly schema: Schema;
  readonly events: EventEmitter<{ publish: [PublishedEvent]; change: [RecordChange] }>;
  readonly clock: () => number;
  query(user: User, soql: string, options?: QueryOptions): QueryResult;
  queryMore(user: User, locator: string, options?: QueryOptions): QueryResult;
  /** The records, `Id` and name, that the user viewed last: those of queries FOR VIEW or FOR REFERENCE. */
  recent(user: User, options?: QueryOptions): QueryRecord[];
  /** What a query selects, for answers in CSV; throws for one with aggregates or children. */
  columns(user: User, soql: string): { object: string; columns: readonly Column[] };
  /** What a query selects, as `columns=true` of the query resource answers it. */
  columnMetadata(user: User, soql: string): QueryColumns;
  insert(user: User, object: string, rows: readonly Row[], options?: SaveOptions): SaveResult[];
  /** Each row carries its `Id`. */
  update(user: User, object: string, rows: readonly Row[], options?: SaveOptions): SaveResult[];
  /** Each row carries the external ID field, or `Id`. */
  upsert(user: User, object: string, field: string, rows: readonly Row[], options?: SaveOptions): SaveResult[];
  remove(user: User, ids: readonly string[], options?: SaveOptions): SaveResult[];
  describe(object: string, version?: string): ObjectDescribe;
  /** An active user by ID or username. */
  user(idOrUsername: string): User | undefined;
  /** Runs the work in one transaction: all of it is kept, or, when it throws, none. Nests. */
  transaction<T>(work: () => T): T;
  close(): void;
}
