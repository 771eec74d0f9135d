import type { SaveResult } from '../org.ts';
import { messageOf } from './faults.ts';

/** What each row of a collections call answers under the fault `rowError`. */
export const failedRows = (count: number, statusCode: string): SaveResult[] =>
  Array.from({ length: count }, () => ({
    success: false,
    errors: [{ statusCode, message: messageOf(statusCode), fields: [] }],
  }));
