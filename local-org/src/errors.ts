import type { SaveError } from './org.ts';

/** A call that Salesforce would refuse as a whole: REST answers `[{message, errorCode, fields?}]` with this status. */
export class ApiError extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly fields: readonly string[];
  /** What else is wrong: a record that breaks several rules is told of all. */
  readonly more: readonly SaveError[];

  constructor(
    status: number,
    errorCode: string,
    message: string,
    fields: readonly string[] = [],
    more: readonly SaveError[] = [],
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
    this.more = more;
  }
}

/** Something that Salesforce has and the local org has not: 501, with its name. */
export class NotSupported extends ApiError {
  constructor(what: string) {
    super(501, 'NOT_IMPLEMENTED', `the local org does not support ${what}`);
    this.name = 'NotSupported';
  }
}

/** Metadata that the local org cannot model, or that is wrong: the org does not open. The message names file and thing. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
  /** What is wrong, and where in the file, both from 1. */
  readonly problem: string;
  readonly line: number;
  readonly column: number;

  constructor(message: string, { problem = message, line = 1, column = 1 }: Partial<LoadProblem> = {}) {
    super(message);
    this.problem = problem;
    this.line = line;
    this.column = column;
  }
}

interface LoadProblem {
  readonly problem: string;
  readonly line: number;
  readonly column: number;
}

export const malformedQuery = (message: string) => new ApiError(400, 'MALFORMED_QUERY', message);
export const invalidType = (message: string) => new ApiError(400, 'INVALID_TYPE', message);
export const invalidField = (message: string) => new ApiError(400, 'INVALID_FIELD', message);
