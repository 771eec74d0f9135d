/** What went wrong between us and Salesforce. The class says what to do. */
export abstract class SalesforceError extends Error {
  /** Salesforce's own code, such as UNABLE_TO_LOCK_ROW, or a short word of ours. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** It may succeed the next time: try again, later and later. */
export class Retryable extends SalesforceError {}

/** The org has no calls left for us: pause everything. */
export class Throttled extends SalesforceError {}

/** The access token has run out: log in again, once. */
export class SessionExpired extends SalesforceError {}

/** It will not succeed unless somebody changes something: set aside what it concerns, with its reason. */
export class Permanent extends SalesforceError {}

const throttled = new Set(['REQUEST_LIMIT_EXCEEDED', 'TXN_SECURITY_METERING_ERROR', 'TOO_MANY_REQUESTS']);
const sessionExpired = new Set(['INVALID_SESSION_ID', 'INVALID_AUTH_HEADER']);
const retryable = new Set([
  'UNABLE_TO_LOCK_ROW',
  'SERVER_UNAVAILABLE',
  'SERVICE_UNAVAILABLE',
  'UNKNOWN_EXCEPTION',
  'QUERY_TIMEOUT',
  'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  'PROCESSING_HALTED',
  'APEX_REST_SERVICES_DISABLED_TEMPORARILY',
  'CONCURRENT_REQUESTS_LIMIT_EXCEEDED',
  'ConcurrentPerOrgLongTxn',
  'ERROR_HTTP_420',
  'ERROR_HTTP_429',
]);

/** The error for one of Salesforce's codes: of a call, of a part of a composite, or of a row. */
export function errorFor(code: string, message: string, status = 400): SalesforceError {
  if (throttled.has(code)) return new Throttled(code, message);
  if (sessionExpired.has(code) || code === 'ERROR_HTTP_401') return new SessionExpired(code, message);
  // What the row refers to may be on its way in another call.
  if (code === 'INVALID_FIELD' && message.startsWith('Foreign key external ID')) return new Retryable(code, message);
  if (retryable.has(code) || status >= 500 || /^ERROR_HTTP_5/.test(code)) return new Retryable(code, message);
  return new Permanent(code, message);
}

/** Anything that a call through jsforce may throw. What has no code of Salesforce's never got an answer. */
export function classify(error: unknown): SalesforceError {
  if (error instanceof SalesforceError) return error;
  const { errorCode, message = String(error), name } = error as { errorCode?: string; message?: string; name?: string };
  if (errorCode !== undefined) return errorFor(errorCode, message);
  // The token endpoint's errors (RFC 6749) come with their code as the name.
  if (name !== undefined && /^(invalid|unauthorized|unsupported|inactive)_/.test(name))
    return new Permanent(name, message);
  return new Retryable('NETWORK', message);
}
