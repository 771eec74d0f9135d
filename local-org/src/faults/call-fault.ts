import * as z from 'zod/mini';
import { ApiError } from '../errors.ts';

const ms = z.number().check(z.minimum(0));

/** What can happen to a call. All of it may be asked for together; what refuses the call comes after the wait. */
export const callFault = z.strictObject({
  on: z.literal('call'),
  /** A regular expression over the path with its query; every path where absent. */
  path: z.optional(z.string().check(z.refine(isPattern, 'a regular expression is expected'))),
  method: z.optional(z.string()),
  /** How many calls meet it; every call until the faults are cleared where absent. */
  times: z.optional(z.int().check(z.minimum(1))),
  /** A wait before the work: always the same, evenly between two bounds, or log-normal as networks are. */
  latencyMs: z.optional(z.union([ms, z.strictObject({ min: ms, max: ms }), z.strictObject({ median: ms, p99: ms })])),
  /** Answer this status without doing anything... */
  status: z.optional(z.int().check(z.minimum(400), z.maximum(599))),
  /** ... with this error code; alone it stands for the status that Salesforce gives it. */
  errorCode: z.optional(z.string()),
  /** Rows of a collections call fail with this code: all, or those at these places. */
  rowError: z.optional(z.string()),
  rows: z.optional(z.array(z.int().check(z.minimum(0)))),
  /** The caller's session ends, now and for later calls. */
  expireSession: z.optional(z.literal(true)),
  /** `before`: nothing was done. `after`: it was done, but no answer comes. */
  dropConnection: z.optional(z.enum(['before', 'after'])),
  /** The work is done, and its answer takes this long to arrive, piece by piece. */
  slowBodyMs: z.optional(ms),
  /** The work is done, and its answer ends in the middle. */
  malformedBody: z.optional(z.literal(true)),
});

export type CallFault = z.infer<typeof callFault>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** Whether a fault is meant for a call. */
export const fits = ({ path, method }: CallFault, call: { readonly method: string; readonly url: string }) =>
  (method === undefined || method.toUpperCase() === call.method) &&
  (path === undefined || new RegExp(path).test(call.url));

/** The z of a standard normal distribution below which 99 of 100 lie. */
const z99 = 2.326;

/** How long this call waits, in ms. `random` gives numbers from 0 to 1. */
export function wait(latency: NonNullable<CallFault['latencyMs']>, random: () => number): number {
  if (typeof latency === 'number') return latency;
  if ('min' in latency) return latency.min + random() * (latency.max - latency.min);
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return latency.median * (latency.p99 / latency.median) ** (normal / z99);
}

const statuses: Record<string, number> = {
  REQUEST_LIMIT_EXCEEDED: 403,
  INVALID_SESSION_ID: 401,
  SERVER_UNAVAILABLE: 503,
  UNABLE_TO_LOCK_ROW: 400,
};

const messages: Record<string, string> = {
  REQUEST_LIMIT_EXCEEDED: 'TotalRequests Limit exceeded.',
  INVALID_SESSION_ID: 'Session expired or invalid',
  SERVER_UNAVAILABLE: 'Server is temporarily unavailable',
  UNABLE_TO_LOCK_ROW: 'unable to obtain exclusive access to this record',
};

export const messageOf = (code: string) => messages[code] ?? `a fault that was asked for: ${code}`;

/** What the whole call answers under a fault; undefined where the call goes on. */
export function refusal({ status, errorCode }: CallFault): ApiError | undefined {
  if (status === undefined && errorCode === undefined) return undefined;
  const code = errorCode ?? 'SERVER_UNAVAILABLE';
  return new ApiError(status ?? statuses[code] ?? 500, code, messageOf(code));
}
