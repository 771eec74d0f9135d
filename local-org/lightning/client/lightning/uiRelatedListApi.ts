import { rest } from 'host/rest';
import { dataOrError, fetchingWire, type Result } from 'host/wire';
import type { RecordRepresentation } from './uiRecordApi';

interface Config {
  parentRecordId?: string;
  relatedListId?: string;
  fields?: string[];
  optionalFields?: string[];
  sortBy?: string[];
  where?: string;
  pageSize?: number;
  pageToken?: string;
}

export interface RelatedListRecords {
  count: number;
  nextPageToken: string | null;
  records: RecordRepresentation[];
}

/** Wire adapter: a page of the child records of a record. */
export const getRelatedListRecords = fetchingWire<Config, RelatedListRecords, Result<RelatedListRecords>>({
  isComplete: ({ parentRecordId, relatedListId }) => Boolean(parentRecordId && relatedListId),
  fetch: ({ parentRecordId, relatedListId, ...query }) =>
    rest(`/ui-api/related-list-records/${parentRecordId}/${relatedListId}`, 'POST', query),
  value: dataOrError,
});
