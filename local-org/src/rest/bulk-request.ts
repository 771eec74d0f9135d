import { delimiters } from '../bulk/csv.ts';
import type { UploadFormat } from '../bulk/upload.ts';
import { ApiError } from '../errors.ts';
import type { Reply } from './route.ts';

export const invalidJob = (message: string) => new ApiError(400, 'INVALIDJOB', message);
export const invalidState = (message: string) => new ApiError(400, 'INVALIDJOBSTATE', message);

/** How a job's CSV is written: commas and LF unless the client says otherwise. */
export function formatOf(body: Record<string, unknown>): UploadFormat {
  const { columnDelimiter = 'COMMA', lineEnding = 'LF', contentType = 'CSV', concurrencyMode = 'Parallel' } = body;
  if (!(String(columnDelimiter) in delimiters)) throw invalidJob(`Invalid columnDelimiter: ${String(columnDelimiter)}`);
  if (lineEnding !== 'LF' && lineEnding !== 'CRLF') throw invalidJob(`Invalid lineEnding: ${String(lineEnding)}`);
  if (contentType !== 'CSV') throw invalidJob(`Invalid contentType: ${String(contentType)}`);
  // Reserved for the future: Bulk 2.0 is parallel.
  if (concurrencyMode !== 'Parallel') throw invalidJob(`Invalid concurrencyMode: ${String(concurrencyMode)}`);
  return { columnDelimiter: String(columnDelimiter), lineEnding };
}

export const csv = (body: string, headers: Record<string, string> = {}): Reply => ({
  status: 200,
  body,
  headers: { 'content-type': 'text/csv; charset=UTF-8', ...headers },
});
