import type { SaveError } from '../org.ts';

/** Why one row is refused; the rest of its batch may stand. */
export class RowError extends Error implements SaveError {
  readonly statusCode: string;
  readonly fields: readonly string[];
  /** What else is wrong with the row. */
  readonly more: readonly SaveError[];

  constructor(statusCode: string, message: string, fields: readonly string[] = [], more: readonly SaveError[] = []) {
    super(message);
    this.name = 'RowError';
    this.statusCode = statusCode;
    this.fields = fields;
    this.more = more;
  }
}

export const entityIsDeleted = () => new RowError('ENTITY_IS_DELETED', 'entity is deleted');
export const noSuchRecord = (fields: string[] = []) =>
  new RowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', fields);
