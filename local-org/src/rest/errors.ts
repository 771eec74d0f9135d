import { ApiError } from '../errors.ts';
import { RowError } from '../dml/row-error.ts';
import type { SaveError } from '../org.ts';
import type { Reply } from './route.ts';

/** An error as Salesforce answers it: `[{message, errorCode, fields?}]`. What nobody foresaw is a 500. */
export function answerError(error: unknown): Reply {
  const { status, errorCode, message, fields, more } = toApiError(error);
  return { status, body: [{ statusCode: errorCode, message, fields }, ...more].map(shown) };
}

const shown = ({ statusCode: errorCode, message, fields }: SaveError) =>
  fields.length > 0 ? { message, errorCode, fields } : { message, errorCode };

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof RowError) return new ApiError(400, error.statusCode, error.message, error.fields, error.more);
  const { statusCode = 500, message } = error as Error & { statusCode?: number };
  if (statusCode === 413) return new ApiError(413, 'REQUEST_ENTITY_TOO_LARGE', message);
  if (statusCode === 415) return new ApiError(415, 'UNSUPPORTED_MEDIA_TYPE', message);
  if (statusCode < 500) return new ApiError(statusCode, 'JSON_PARSER_ERROR', message);
  return new ApiError(500, 'UNKNOWN_EXCEPTION', `An unexpected error occurred in the local org: ${message}`);
}
