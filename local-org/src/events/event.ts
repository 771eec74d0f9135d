import type { Row } from '../schema/types.ts';

/** An event on the bus. Its content depends on the kind of its channel. */
export interface BusEvent<Content = unknown> {
  /** Its place on the bus: IDs grow, across all channels, and nothing else can be said of them. */
  readonly replayId: number;
  /** ms */
  readonly publishedAt: number;
  /** Where it was published: `/data/LeadChangeEvent`, `/event/Rating_Changed__e`, `/topic/Hot`, `/u/News`. */
  readonly channel: string;
  readonly uuid: string;
  readonly content: Content;
}

/** On `/event/X__e`: the fields that the publisher gave, and who published when. */
export type PlatformEvent = BusEvent<Row>;

/** On `/data/XChangeEvent`: what happened, and the fields that say how the record is now. */
export type ChangeEvent = BusEvent<{ readonly header: ChangeEventHeader; readonly body: Row }>;

export type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';
export type GapType = `GAP_${ChangeType}` | 'GAP_OVERFLOW';

export interface ChangeEventHeader {
  readonly entityName: string;
  readonly recordIds: readonly string[];
  readonly changeType: ChangeType | GapType;
  /** `com/salesforce/api/rest/66.0;client=scoreline`; empty where no API call made the change. */
  readonly changeOrigin: string;
  readonly transactionKey: string;
  /** The place of the change in its transaction, from 1. */
  readonly sequenceNumber: number;
  /** ms, in whole seconds */
  readonly commitTimestamp: number;
  readonly commitNumber: number;
  readonly commitUser: string;
  /** Of an update: the fields set to null, and all that changed; parts of compound fields as `Name.FirstName`. */
  readonly nulledFields: readonly string[];
  readonly diffFields: readonly string[];
  readonly changedFields: readonly string[];
}
