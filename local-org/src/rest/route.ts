import type { RowFault } from '../faults/row-failure.ts';
import type { Allowances } from '../limits/allowances.ts';
import type { ApiCalls } from '../limits/api-calls.ts';
import type { Org, User } from '../org.ts';

/** A REST call below `/services/data/vXX.0`, as resources see it; also each subrequest of a composite call. */
export interface Call {
  readonly org: Org;
  readonly user: User;
  /** Such as `66.0`. */
  readonly version: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** `https://host:port`, for answers that contain whole addresses. */
  readonly origin: string;
  readonly calls: ApiCalls;
  readonly allowances: Allowances;
  /** Asked for as a fault: rows of a collections call fail. */
  readonly rowFault: RowFault | undefined;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One resource and method. Handlers are synchronous, so a call is one transaction at most and composite can nest them. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT' | 'HEAD';
  /** `/sobjects/:object/:id` */
  readonly path: string;
  readonly handle: (call: Call) => Reply;
}

export const ok = (body: unknown): Reply => ({ status: 200, body });
