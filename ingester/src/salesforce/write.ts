import { classify, errorFor, Permanent, type SalesforceError } from './errors.ts';
import { API_VERSION, type Session } from './session.ts';

/** Rows of one object for one call: upserted by an external ID field, or updated by `Id`. */
export interface Collection {
  object: string;
  externalIdField: string | null;
  rows: readonly Record<string, unknown>[];
}

/** Of one row: null if it was written. */
export type RowError = SalesforceError | null;

export const ROWS_PER_COLLECTION = 200;
export const COLLECTIONS_PER_CALL = 5;

interface SubResponse {
  httpStatusCode: number;
  body: unknown;
}

/**
 * Writes collections in one composite call, in their order, each row for itself. Yields for every row of every
 * collection what became of it; throws a SalesforceError if the call as a whole got no proper answer, after which
 * anything may have been written or nothing. Rows are states, so that writing them again does no harm.
 */
export async function write(session: Session, collections: readonly Collection[]): Promise<RowError[][]> {
  const compositeRequest = collections.map(subrequest);
  const { compositeResponse } = await session.call((connection, options) =>
    connection.requestPost<{ compositeResponse: SubResponse[] }>(
      '/composite',
      { allOrNone: false, compositeRequest },
      options,
    ),
  );
  return collections.map(({ rows }, index) => {
    const response = compositeResponse[index];
    return response
      ? rowErrors(response, rows.length)
      : rows.map(() => classify(new Error('the answer is incomplete')));
  });
}

function subrequest({ object, externalIdField, rows }: Collection, index: number) {
  const base = `/services/data/v${API_VERSION}/composite/sobjects`;
  return {
    method: 'PATCH',
    url: externalIdField === null ? base : `${base}/${object}/${externalIdField}`,
    referenceId: `collection${index}`,
    body: { allOrNone: false, records: rows.map((row) => ({ attributes: { type: object }, ...row })) },
  };
}

/** Either one result a row, or one error for the whole collection. */
function rowErrors({ httpStatusCode, body }: SubResponse, length: number): RowError[] {
  const results = (Array.isArray(body) ? body : []) as Record<string, unknown>[];
  if (httpStatusCode < 300 && results.length === length) return results.map(rowError);
  const { errorCode = `ERROR_HTTP_${httpStatusCode}`, message = 'the collection was refused' } = results[0] ?? {};
  return Array.from({ length }, () => errorFor(String(errorCode), String(message), httpStatusCode));
}

/** Of several errors the first that is permanent decides: no retry would help against it. */
function rowError({ success, errors }: Record<string, unknown>): RowError {
  if (success === true) return null;
  const all = ((errors ?? []) as { statusCode?: string; message?: string }[]).map(({ statusCode, message }) =>
    errorFor(statusCode ?? 'UNKNOWN_EXCEPTION', message ?? ''),
  );
  return all.find((error) => error instanceof Permanent) ?? all[0] ?? errorFor('UNKNOWN_EXCEPTION', 'no reason given');
}
