import type { SaveError } from '../org.ts';

/** Why one row is refused; the rest of its batch may stand. */
export class RowError extends Error implements SaveError {
  readonly statusCode: string;
  readonly fields: readonly string[];

  constructor(statusCode: string, message: string, fields: readonly string[] = []) {
    super(message);
    this.name = 'RowError';
    this.statusCode = statusCode;
    this.fields = fields;
  }
}

export const entityIsDeleted = () => new RowError('ENTITY_IS_DELETED', 'entity is deleted');
export const noSuchRecord = (fields: string[] = []) =>
  new RowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', fields);
