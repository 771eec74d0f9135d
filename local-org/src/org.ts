import type { EventEmitter } from 'node:events';
import type { Flows } from './flow/flows.ts';
import type { EventBus } from './events/event-bus.ts';
import type { EventChannels } from './events/event-channels.ts';
import type { Deployed, DeployOptions } from './deploy/deploy.ts';
import type { ObjectDescribe } from './schema/describe.ts';
import type { Documents } from './store/documents.ts';
import type { Field, Row, Schema } from './schema/types.ts';
import type { QueryColumns } from './soql/column-metadata.ts';

/** Who a call runs as: it sees and does what the user's profile and permission sets allow. */
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

export interface RemoveOptions extends SaveOptions {
  /** Past the recycle bin: the records cannot be undeleted. */
  readonly hard?: boolean;
}

/** What SOAP's convertLead asks for one Lead. What is not named is created. */
export interface LeadConversion {
  readonly leadId: string;
  /** A Lead status that counts as converted. */
  readonly convertedStatus: string;
  readonly accountId?: string;
  readonly contactId?: string;
  readonly opportunityId?: string;
  /** The new opportunity's name; the Lead's company by default. */
  readonly opportunityName?: string;
  /** Who owns what is created; the Lead's owner by default. */
  readonly ownerId?: string;
  readonly doNotCreateOpportunity: boolean;
  readonly overwriteLeadSource: boolean;
}

/** `id` is the Lead's. */
export interface LeadConversionResult extends SaveResult {
  readonly accountId?: string;
  readonly contactId?: string;
  readonly opportunityId?: string;
}

/** What SOAP's merge asks: one or two records go into the master, which keeps the values that its row names. */
export interface MergeRequest {
  readonly master: Row;
  readonly mergedIds: readonly string[];
}

export interface MergeResult extends SaveResult {
  readonly mergedRecordIds?: readonly string[];
  /** The records that look up to the master now. */
  readonly updatedRelatedIds?: readonly string[];
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

/** A record after the transaction that created, changed, deleted or undeleted it committed. */
export interface RecordChange {
  readonly object: string;
  readonly id: string;
  readonly type: 'created' | 'updated' | 'deleted' | 'undeleted';
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
  /** All objects and fields; of an org `as` a user, those that the user may read. */
  readonly schema: Schema;
  /** Told after the commit, in the order of the bus: platform events (`publish`), and each record that was saved. */
  readonly events: EventEmitter<{ publish: [PublishedEvent]; change: [RecordChange] }>;
  /** All events that can be subscribed to, and the channels that they are on. */
  readonly bus: EventBus;
  readonly channels: EventChannels;
  readonly flows: Flows;
  readonly clock: () => number;
  /** What servers keep in the org's file beside its records. */
  readonly documents: Documents;
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
  remove(user: User, ids: readonly string[], options?: RemoveOptions): SaveResult[];
  /** Takes records out of the recycle bin, with all that was deleted with them. */
  undelete(user: User, ids: readonly string[], options?: SaveOptions): SaveResult[];
  /** Removes records from the recycle bin for good. */
  emptyBin(user: User, ids: readonly string[]): SaveResult[];
  convertLeads(user: User, conversions: readonly LeadConversion[], options?: SaveOptions): LeadConversionResult[];
  merge(user: User, requests: readonly MergeRequest[], options?: SaveOptions): MergeResult[];
  describe(object: string, version?: string): ObjectDescribe;
  /** The same org with the schema as this user sees it. */
  as(user: User): Org;
  /** The names of the user and custom permissions that the user has. */
  permissions(user: User): { readonly user: readonly string[]; readonly custom: readonly string[] };
  /** Deploys a zip archive in metadata format, as this user. Throws a ZipError where it is none. */
  deploy(user: User, archive: Buffer, options: DeployOptions): Deployed;
  /** Throws an ApiError for a user who may not deploy. */
  checkDeployer(user: User): void;
  /** An active user by ID or username. */
  user(idOrUsername: string): User | undefined;
  /** Runs the work in one transaction: all of it is kept, or, when it throws, none. Nests. */
  transaction<T>(work: () => T): T;
  close(): void;
}
