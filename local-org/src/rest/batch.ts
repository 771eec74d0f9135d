import { ApiError } from '../errors.ts';
import { answerError } from './errors.ts';
import { objectBody } from './request.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';
import type { Match } from './router.ts';

interface Subrequest {
  readonly method: string;
  readonly url: string;
  readonly richInput?: unknown;
}

const most = 25;

/** Up to 25 calls that know nothing of each other, each counted as a call. `find` is the router of the whole API. */
export const batch = (find: (method: string, path: string) => Match): Route[] => [
  {
    method: 'POST',
    path: '/composite/batch',
    handle: (call) => {
      const { batchRequests, haltOnError } = objectBody(call);
      let halted = false;
      const results = checked(batchRequests).map((subrequest, i) => {
        const { status, body } = halted ? skipped : runOne(call, find, subrequest, i > 0);
        halted ||= haltOnError === true && status >= 400;
        return { statusCode: status, result: body ?? null };
      });
      return ok({ hasErrors: results.some(({ statusCode }) => statusCode >= 400), results });
    },
  },
];

const skipped: Reply = {
  status: 412,
  body: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }],
};

function runOne(
  call: Call,
  find: (method: string, path: string) => Match,
  { method, url, richInput }: Subrequest,
  counts: boolean,
): Reply {
  try {
    if (counts) call.calls.count();
    const { pathname, searchParams } = new URL(url.replace(/^\/?(services\/data\/)?/, '/'), 'http://local');
    const path = /^\/v(\d\d\.0)(\/.*)$/.exec(pathname);
    if (!path || Number(path[1]) > Number(call.version))
      throw new ApiError(400, 'INVALID_INPUT', `The url ${url} must start with a version up to v${call.version}`);
    if (/^\/composite(\/|$)/i.test(path[2]!))
      throw new ApiError(400, 'INVALID_INPUT', 'a batch cannot contain composite calls');
    const { route, params } = find(method.toUpperCase(), path[2]!);
    const query = Object.fromEntries(searchParams);
    return call.org.transaction(() => route.handle({ ...call, version: path[1]!, params, query, body: richInput }));
  } catch (error) {
    return answerError(error);
  }
}

function checked(list: unknown): Subrequest[] {
  if (!Array.isArray(list)) throw new ApiError(400, 'JSON_PARSER_ERROR', 'batchRequests: a list of calls is expected');
  const subrequests = list as Subrequest[];
  if (subrequests.length > most)
    throw new ApiError(400, 'LIMIT_EXCEEDED', `a batch cannot contain more than ${most} calls`);
  if (subrequests.some(({ method, url }) => typeof method !== 'string' || typeof url !== 'string'))
    throw new ApiError(400, 'INVALID_INPUT', 'each call of a batch needs method and url');
  return subrequests;
}
