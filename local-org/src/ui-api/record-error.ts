import { ApiError } from '../errors.ts';
import type { SaveError } from '../org.ts';
import type { SObject } from '../schema/types.ts';

/** What UI API answers when a record cannot be saved: an Error with Output, the problems by field. */
export class RecordError extends Error {
  readonly status = 400;
  readonly body: object;

  constructor(object: SObject, action: 'create' | 'update' | 'delete', errors: readonly SaveError[]) {
    super(`An error occurred while trying to ${action} the record. Please try again.`);
    const entries = errors.flatMap(({ statusCode: errorCode, message, fields }) =>
      (fields.length ? fields : [null]).map((field) => ({
        constituentField: null,
        duplicateRecordError: null,
        errorCode,
        field,
        fieldLabel: field === null ? null : (object.field(field)?.label ?? field),
        message,
      })),
    );
    const named = entries.filter(({ field }) => field !== null);
    this.body = {
      message: this.message,
      statusCode: this.status,
      enhancedErrorType: 'RecordError',
      output: {
        errors: entries.filter(({ field }) => field === null),
        fieldErrors: Object.groupBy(named, ({ field }) => field ?? ''),
      },
    };
  }
}

export const notFound = () => new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
