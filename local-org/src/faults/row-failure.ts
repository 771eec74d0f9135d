import type { SaveResult } from '../org.ts';
import { messageOf } from './call-fault.ts';
import type { CallFault } from './call-fault.ts';

/** Which rows of a collections call fail under its fault, and how; undefined where it concerns no rows. */
export interface RowFault {
  readonly statusCode: string;
  /** All where undefined. */
  readonly rows: ReadonlySet<number> | undefined;
}

export const rowFault = ({ rowError, rows }: CallFault): RowFault | undefined =>
  rowError === undefined ? undefined : { statusCode: rowError, rows: rows && new Set(rows) };

export const fails = ({ rows }: RowFault, at: number) => rows?.has(at) ?? true;

/** What a failing row answers. */
export const failedRow = ({ statusCode }: RowFault): SaveResult => ({
  success: false,
  errors: [{ statusCode, message: messageOf(statusCode), fields: [] }],
});
