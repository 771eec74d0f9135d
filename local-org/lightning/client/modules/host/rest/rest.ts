import { page } from 'host/page';

/** What the platform's adapters report when a call fails. */
export interface FetchError {
  ok: false;
  status: number;
  statusText: string;
  body: unknown;
}

/** Calls the org's REST API as the user of this session. `path` follows `/services/data/vXX.0`. Throws a FetchError. */
export async function rest<T>(
  path: string,
  method: 'GET' | 'PATCH' | 'POST' | 'DELETE' = 'GET',
  body?: unknown,
  more: Record<string, string> = {},
): Promise<T> {
  const response = await fetch(`/services/data/v${page.apiVersion}${path}`, {
    method,
    headers: body === undefined ? more : { 'content-type': 'application/json', ...more },
    body: body === undefined ? null : JSON.stringify(body),
  }).catch((error: unknown) => fail(0, 'Network error', { message: `The org does not answer: ${String(error)}` }));
  if (response.status === 401) location.reload();
  const answer: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  if (!response.ok) fail(response.status, response.statusText, answer);
  return answer as T;
}

function fail(status: number, statusText: string, body: unknown): never {
  // The platform's adapters throw plain objects of this shape, and components are written for it.
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw { ok: false, status, statusText, body } satisfies FetchError;
}
