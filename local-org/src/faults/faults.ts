import { ApiError } from '../errors.ts';

/** A fault to show to the next `times` calls that match. */
export interface Fault {
  /** A regular expression over the path with its query; every path where absent. */
  readonly path?: string;
  readonly method?: string;
  readonly times: number;
  /** Answer this status without doing anything... */
  readonly status?: number;
  /** ... with this error code; alone it stands for the status that Salesforce gives it. */
  readonly errorCode?: string;
  /** Each row of a collections call fails with this code. */
  readonly rowError?: string;
  /** `before`: nothing was done. `after`: it was done, but no answer comes. */
  readonly dropConnection?: 'before' | 'after';
  readonly latencyMs?: number;
}

interface Asked {
  readonly method: string;
  readonly url: string;
}

/** The faults that are waiting, in order. A call consumes the first that matches. */
export class Faults {
  readonly #waiting: { fault: Fault; left: number }[] = [];
  readonly #chosen = new WeakMap<Asked, Fault>();

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times });
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** The faults that no call has met yet. */
  get waiting(): readonly Fault[] {
    return this.#waiting.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  /** The fault of a call, decided once. */
  choose(asked: Asked): Fault | undefined {
    const at = this.#waiting.findIndex(({ fault: { path, method } }) => {
      const methodFits = method === undefined || method.toUpperCase() === asked.method;
      return methodFits && (path === undefined || new RegExp(path).test(asked.url));
    });
    const found = this.#waiting[at];
    if (!found) return undefined;
    if (--found.left <= 0) this.#waiting.splice(at, 1);
    this.#chosen.set(asked, found.fault);
    return found.fault;
  }

  chosen(asked: Asked): Fault | undefined {
    return this.#chosen.get(asked);
  }
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
export function refusal({ status, errorCode }: Fault): ApiError | undefined {
  if (status === undefined && errorCode === undefined) return undefined;
  const code = errorCode ?? 'SERVER_UNAVAILABLE';
  return new ApiError(status ?? statuses[code] ?? 500, code, messageOf(code));
}

/** Reads what POST /local-org/faults was given. */
export function readFault(body: unknown): Fault {
  const fault = (body ?? {}) as Fault;
  const known = ['path', 'method', 'times', 'status', 'errorCode', 'rowError', 'dropConnection', 'latencyMs'];
  const unknown = Object.keys(fault).find((name) => !known.includes(name));
  if (unknown) throw new ApiError(400, 'INVALID_INPUT', `a fault has no ${unknown}; it has ${known.join(', ')}`);
  if (!Number.isInteger(fault.times) || fault.times < 1)
    throw new ApiError(400, 'INVALID_INPUT', 'times: a number from 1 is expected');
  return fault;
}
