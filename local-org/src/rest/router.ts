import { ApiError, NotSupported } from '../errors.ts';
import { isUnsupported } from './unsupported.ts';
import type { Route } from './route.ts';

export interface Match {
  readonly route: Route;
  readonly params: Record<string, string>;
}

/** Finds the route of a method and a path below the version. Earlier routes win. */
export function router(routes: readonly Route[]): (method: string, path: string) => Match {
  const compiled = routes.map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`, 'i'),
  }));
  return (method, path) => {
    const matches = compiled.flatMap(({ route, pattern }) => {
      const found = pattern.exec(path);
      return found ? [{ route, params: decodeAll(found.groups ?? {}) }] : [];
    });
    const match = matches.find(({ route }) => route.method === method || (method === 'HEAD' && route.method === 'GET'));
    if (match) return match;
    if (isUnsupported(path)) throw new NotSupported(`${method} ${path}`);
    if (matches.length === 0) throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
    const allowed = [...new Set(matches.map(({ route }) => route.method))].join(',');
    throw new ApiError(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed}`);
  };
}

function decodeAll(params: Record<string, string>): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    throw new ApiError(400, 'URL_NOT_RESET', 'the URL is not encoded correctly');
  }
}
